import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startLoopbackServer } from "../../../../scripts/loopback-server.ts";

const script = fileURLToPath(new URL("../fixtures/callers/ask-many.mjs", import.meta.url));

it("a thousand identical calls in four processes make one upstream request", async () => {
  const directory = await mkdtemp(join(tmpdir(), "acc-four-"));
  const server = await startLoopbackServer(async (response) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    response.end("the one answer");
  });
  try {
    const run = () =>
      promisify(execFile)(process.execPath, [script, server.url, directory, "250"], {
        env: { HOME: directory, PATH: process.env.PATH },
      });
    const outcomes = await Promise.all([run(), run(), run(), run()]);
    for (const { stdout } of outcomes) expect(JSON.parse(stdout)).toEqual(["the one answer"]);
    expect(server.requests).toHaveLength(1);
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
});

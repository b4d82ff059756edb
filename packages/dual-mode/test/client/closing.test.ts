import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { hangs, says, scripted } from "../scripted-provider.ts";

const script = fileURLToPath(new URL("../fixtures/callers/forget-to-close.mjs", import.meta.url));

it("an idle client that nobody closed does not keep Node alive", async () => {
  const directory = await mkdtemp(join(tmpdir(), "acc-idle-"));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, directory], {
      env: { HOME: directory, PATH: process.env.PATH },
      timeout: 10_000,
    });
    expect(stdout).toBe("ok");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it("close waits until what is in flight has been wound up", async () => {
  let wound = false;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const { client } = scripted({
    sdk: {
      scripts: [
        async function* (request, context) {
          try {
            begin();
            yield* hangs([{ type: "start" }])(request, context);
          } finally {
            await new Promise((resolve) => setTimeout(resolve, 50));
            wound = true;
          }
        },
      ],
    },
  });
  const call = client.chat("hi").catch(({ code }) => code);
  await begun;
  await client.close();
  expect(wound).toBe(true);
  expect(await call).toBe("CLOSED");
});

it("close twice, and await using, end a client", async () => {
  const { client } = scripted({ sdk: { scripts: [says("ok")] } });
  {
    await using used = client;
    expect((await used.chat("hi")).text).toBe("ok");
  }
  await client.close();
  await expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  await expect(client.stream("hi").reply).rejects.toMatchObject({ code: "CLOSED" });
});

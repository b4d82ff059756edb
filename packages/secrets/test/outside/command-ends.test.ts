import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCommandStore } from "../../src/outside/command.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { open } from "./command-scene.ts";

// NousResearch/hermes-agent#60674, lastpass/lastpass-cli#86: the program waits for a person for ever.
test("a program that asks for something gets an end of input, and one that hangs is ended", async () => {
  const asks = open('process.stdin.on("end", () => console.error("no password")).resume()');
  expect(await asks.get("groq_api_key")).toBeUndefined();
  const mark = join(temporaryFolder(), "pids");
  const script = join(temporaryFolder(), "script");
  writeFileSync(script, `#!/bin/sh\nsleep 600 &\necho $$ $! > ${mark}\nwait\n`, { mode: 0o755 });
  const command = [script, "{}"];
  const hangs = createCommandStore({ command, names: { groq_api_key: "x" }, timeout: 3_000 });
  const message = await failsWith(() => hangs.get("groq_api_key"), "STORE_UNAVAILABLE");
  expect(message).toContain("3000 ms");
  for (const pid of readFileSync(mark, "utf8").split(" ")) {
    await expect.poll(() => isAlive(Number(pid)), { timeout: 10_000 }).toBe(false);
  }
});

/** A zombie that nobody waits for is no process any more. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("a background process that keeps the output open is not waited for", async () => {
  const store = open(
    `require("node:child_process").spawn("sleep", ["600"], { stdio: ["ignore", "inherit", "inherit"] }).unref();
     process.stdout.write("groq-value-0001")`,
  );
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0001");
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";
import { detached, lockStore, phrase } from "./locked-home.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const { server, home } = eachTestAnew();

/** A machine whose store a passphrase alone opens, and a server that wants no key. */
beforeEach(async () => {
  await home.acc(["secrets", "set", "other_api_key"], { stdin: testKey });
  await home.acc(["providers", "add", "ollama", "--model", "m", "--base-url", `${server.url}/v1`]);
  await lockStore(home);
}, 60_000);

/** Runs `acc` where there is no terminal at all. */
const withoutTerminal = (args: readonly string[], stdin = "") =>
  detached(args, { HOME: home.path }, stdin);

const ask = (prompt: string) => withoutTerminal(["chat", "--no-cache", "-p", "ollama", prompt]);

describe("with a store that a passphrase alone opens", () => {
  it("metadata alone is kept, until acc log init has made a key; then nobody is asked for it", async () => {
    expect(await ask("one")).toMatchObject({ code: 0, stderr: "" });
    const before = JSON.parse((await withoutTerminal(["log", "list", "--json"])).stdout);
    expect(before.conversations).toMatchObject([{ provider: "ollama", turns: 1 }]);
    expect(before.conversations[0]).not.toHaveProperty("begins");

    const unlock = ["--unlock", "passphrase"];
    const made = await withoutTerminal(["log", "init", ...unlock], phrase);
    expect([made.code, made.stderr]).toEqual([0, expect.stringMatching(/acc_log_key_/)]);
    expect(await ask("two")).toMatchObject({ code: 0, stderr: "" });
    const shown = await withoutTerminal(["log", "show", ...unlock], phrase);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(/> two\n/)]);
    const listed = await withoutTerminal(["log", "list"]);
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringMatching(/ollama/)]);
    expect(listed.stderr).toMatch(/need another key/);
    const shut = await withoutTerminal(["log", "show"]);
    expect([shut.code, shut.stderr]).toEqual([1, expect.stringMatching(/no terminal to type it/)]);
  }, 120_000);

  it.skipIf(!canDriveTerminal)(
    "it is said on a terminal that texts are not kept, once, where it does not open at all",
    async () => {
      await writeFile(join(home.path, ".config", "acc", "acc-secrets.json"), "no store");
      const line = accLine("chat --no-cache -p ollama hi", { HOME: home.path });
      const terminal = new Terminal(`${line}; echo; ${line}`, 300);
      try {
        const screen = await terminal.see(/\[exit 0\]/);
        expect(screen.match(/acc log init --unlock passphrase/g)).toHaveLength(1);
        expect(screen.match(/A decorator is/g)).toHaveLength(2);
      } finally {
        await terminal.close();
      }
    },
    120_000,
  );
});

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { createCommandStore } from "../../src/outside/command.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { has, hasSecretService, inSession } from "../secret-service.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { passwordStores } from "./password-store.ts";

const hasPass = process.platform === "linux" && has("pass") && has("gpg");
const hasSecretTool = hasSecretService && has("secret-tool");
const hasKeePass = has("keepassxc-cli");

test.runIf(process.env.CI)("CI has real pass, secret-tool and keepassxc-cli", () => {
  expect({ hasPass, hasSecretTool, hasKeePass }).toEqual({
    hasPass: true,
    hasSecretTool: true,
    hasKeePass: true,
  });
});

// A suite that is skipped is still collected, and would run the programs.
if (hasPass) {
  describe("a real pass with GnuPG", async () => {
    const stores = passwordStores();
    afterAll(() => stores.end());
    const names = { first_api_key: "llm/first", second_api_key: "llm/second" };
    const command = ["pass", "show", "{}"];
    await testSecretStore(test, async (secrets) => {
      const env = stores.next();
      for (const [name, value] of Object.entries(secrets)) {
        stores.insert(env, names[name as keyof typeof names], `${value}\n`);
      }
      return createCommandStore({ command, names, env });
    });

    test("the first line is the password, by pass's own use", async () => {
      const env = stores.next();
      stores.insert(env, "llm/first", "first-value-0001\nuser: me\nurl: example.com\n");
      const store = createCommandStore({ command, names, env, take: "first-line" });
      expect(await store.get("first_api_key")).toEqual({ value: "first-value-0001" });
      expect(await store.get("second_api_key")).toBeUndefined();
    });

    test("a key that nobody has here is a refusal, not an absence", async () => {
      const env = stores.next();
      stores.insert(env, "llm/first", "first-value-0001\n");
      const other = { ...env, GNUPGHOME: temporaryFolder() };
      const store = createCommandStore({ command, names, env: other });
      await failsWith(() => store.get("first_api_key"), "STORE_REFUSED");
      execFileSync("gpgconf", ["--kill", "all"], { env: other });
    });
  });
} else {
  // Skipped where pass or gpg is missing; in CI that is an error.
  test.skip("a real pass with GnuPG is not here", () => undefined);
}

test.runIf(hasKeePass)("a real KeePassXC database, by its command", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const env = { PATH: process.env.PATH ?? "", HOME: folder, QT_QPA_PLATFORM: "offscreen" };
  const run = (input: string, ...args: string[]) =>
    execFileSync("keepassxc-cli", args, { env, input, stdio: "pipe" });
  run("", "db-create", "-q", "-t", "100", "--set-key-file", at("key"), at("db.kdbx"));
  const unlocked = ["-q", "--no-password", "-k", at("key")];
  run("first-value-0001\n", "add", ...unlocked, "-p", at("db.kdbx"), "first");
  const store = createCommandStore({
    command: ["keepassxc-cli", "show", ...unlocked, "-s", "-a", "Password", at("db.kdbx"), "{}"],
    names: { first_api_key: "first", absent_api_key: "absent" },
    env,
  });
  expect(await store.get("first_api_key")).toEqual({ value: "first-value-0001" });
  expect(await store.get("absent_api_key")).toBeUndefined();
  expect(await store.list()).toEqual(["first_api_key"]);
});

test.runIf(hasSecretTool)(
  "a real secret-tool, with the Secret Service of a session",
  async () => {
    const program = new URL("../fixtures/programs/secret-tool.mjs", import.meta.url);
    const seen = await inSession(fileURLToPath(program));
    expect(seen).toEqual({ first: "first-value-0001", list: ["first_api_key"] });
  },
  60_000,
);

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { createDockerHelperStore } from "../../src/outside/docker-helpers.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { has, hasSecretService, inSession } from "../secret-service.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { passwordStores } from "./password-store.ts";

const hasPass =
  process.platform === "linux" && has("docker-credential-pass") && has("pass") && has("gpg");
const hasService = hasSecretService && has("docker-credential-secretservice");

test.runIf(process.env.CI)("CI has docker's real credential helpers", () => {
  expect({ hasPass, hasService }).toEqual({ hasPass: true, hasService: true });
});

// A suite that is skipped is still collected, and would run the programs.
if (hasPass) {
  describe("docker's real helper for pass", async () => {
    const stores = passwordStores();
    afterAll(() => stores.end());
    await testSecretStore(test, async (secrets) => {
      const store = createDockerHelperStore({ helper: "pass", env: stores.next() });
      for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
      return store;
    });

    test("a credential that docker has is read by its URL, and never written", async () => {
      const env = stores.next();
      const docker = createDockerHelperStore({
        helper: "pass",
        env,
        prefix: "https://example.com/",
      });
      await docker.set?.("v1", "registry-token-1", {});
      const names = { registry_token: "https://example.com/v1" };
      const store = createDockerHelperStore({ helper: "pass", env, names });
      expect(await store.get("registry_token")).toEqual({ value: "registry-token-1" });
      expect(await store.list()).toEqual(["registry_token"]);
      for (const change of [
        () => store.set?.("registry_token", "other-token-1", {}),
        () => store.delete?.("registry_token"),
      ]) {
        await failsWith(async () => change(), "UNSUPPORTED_BY_FORMAT");
      }
    });
  }, 120_000);
} else {
  // Skipped where docker-credential-pass, pass or gpg is missing; in CI that is an error.
  test.skip("docker's real helper for pass is not here", () => undefined);
}

test.runIf(hasService)(
  "docker's real helper for the Secret Service",
  async () => {
    const program = new URL("../fixtures/programs/docker-helper.mjs", import.meta.url);
    const seen = await inSession(fileURLToPath(program));
    expect(seen).toEqual({ rules: expect.any(Number), broken: [] });
    expect(seen.rules).toBeGreaterThan(15);
  },
  120_000,
);

/** A helper that is played: it writes down how it was called, and answers as it is told. */
function playedHelper(lines: string) {
  const folder = temporaryFolder();
  const log = join(folder, "log");
  const path = join(folder, "docker-credential-played");
  writeFileSync(
    path,
    `#!${process.execPath}
const fs = require("node:fs");
const verb = process.argv[2];
const input = fs.readFileSync(0, "utf8");
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + "\\n");
const fail = (text) => { process.stdout.write(text); process.exit(1); };
${lines}
`,
  );
  chmodSync(path, 0o755);
  return { store: createDockerHelperStore({ helper: path }), log: () => readFileSync(log, "utf8") };
}

// docker/docker-credential-helpers#177: the keychain of macOS has said it in several words.
test.each([
  "credentials not found in native keychain\n",
  "The specified item could not be found in the keychain.\n",
  "No stored credential for https://acc-secrets.invalid/groq_api_key",
])("no credential, said as %s", async (said) => {
  const { store } = playedHelper(`fail(${JSON.stringify(said)})`);
  expect(await store.get("groq_api_key")).toBeUndefined();
  expect(await store.list()).toEqual([]);
});

// docker/docker-credential-helpers#140, replicate/cog#3166: the cause is told, not an exit code alone.
test("what is not set up is told in the helper's words, and is no absence", async () => {
  const { store } = playedHelper(
    'fail("pass not initialized: exit status 1: Error: Try \\"pass init\\"")',
  );
  const message = await failsWith(() => store.get("groq_api_key"), "STORE_REFUSED");
  expect(message).toContain("pass not initialized");
  await failsWith(() => store.check?.(), "STORE_REFUSED");
});

// docker/docker-credential-helpers#220: success, with nothing in it.
test("success with an empty secret is no credential; other answers are told as such", async () => {
  const empty = playedHelper(
    'console.log(JSON.stringify({ ServerURL: "x", Username: "", Secret: "" }))',
  );
  expect(await empty.store.get("groq_api_key")).toBeUndefined();
  const odd = playedHelper('console.log("groq-value-0001 is not JSON")');
  const message = await failsWith(() => odd.store.get("groq_api_key"), "STORE_ANSWER_INVALID");
  expect(message).not.toContain("groq-value");
});

test("a secret goes by stdin alone: none in argv, errors or prints", async () => {
  const canary = "sk-canary-Zq7w9x2k";
  const { store, log } = playedHelper('if (verb !== "list") fail("cannot keep " + input)');
  await using secrets = await openSecrets({ store, env: {} });
  const error = await secrets.set("canary_api_key", canary).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "STORE_REFUSED" });
  const shown = [error, secrets, store].map((each) =>
    inspect(each, { depth: 9, showHidden: true }),
  );
  expect(shown.join("\n")).toContain("[redacted]");
  expect([...shown, log()].join("\n")).not.toContain(canary);
  expect(log()).toBe('["store"]\n');
});

test("a helper that is not there is named, and options that cannot be meant are refused", async () => {
  const store = createDockerHelperStore({ helper: "of-nobody" });
  const message = await failsWith(() => store.get("groq_api_key"), "PROGRAM_NOT_FOUND");
  expect(message).toContain("docker-credential-of-nobody");
  await failsWith(() => createDockerHelperStore({ helper: "" }), "INVALID_OPTION");
  await failsWith(
    () => createDockerHelperStore({ helper: "pass", prefix: "https://example.com" }),
    "INVALID_OPTION",
  );
});

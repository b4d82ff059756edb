import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { createCommandStore } from "../../src/outside/command.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { open } from "./command-scene.ts";
import { temporaryProgram } from "./temporary-program.ts";

/** Prints the variable that its argument names; without one it fails as pass does. */
const keeper = `
const value = process.env["KEPT_" + process.argv[2]];
if (value === undefined) {
  console.error("Error: " + process.argv[2] + " is not in the password store.");
  process.exit(1);
}
process.stdout.write(value + "\\n");
`;

describe("a program that prints secrets", async () => {
  const names = { first_api_key: "first_api_key", second_api_key: "second_api_key" };
  await testSecretStore(test, async (secrets) => {
    const env = Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [`KEPT_${name}`, value]),
    );
    const command = [
      process.execPath,
      "-e",
      keeper.replace("[2]", "[1]").replace("[2]", "[1]"),
      "{}",
    ];
    return createCommandStore({ command, names, env });
  });
});

test("a name that is not mapped asks no program", async () => {
  const mark = join(temporaryFolder(), "ran");
  const store = open(`require("node:fs").writeFileSync(${JSON.stringify(mark)}, "")`);
  expect(await store.get("openai_api_key")).toBeUndefined();
  expect(existsSync(mark)).toBe(false);
});

test("what stands in a name is one argument: no shell reads it", async () => {
  const store = open("process.stdout.write(JSON.stringify(process.argv.slice(2)))", {
    names: { groq_api_key: "a b; echo $HOME `id` $& '" },
  });
  expect(await store.get("groq_api_key")).toEqual({
    value: JSON.stringify(["a b; echo $HOME `id` $& '"]),
  });
});

test("one line break is taken off, or all but the first line", async () => {
  const print = 'process.stdout.write("groq-value-0001\\nuser: me\\n\\n")';
  expect((await open(print).get("groq_api_key"))?.value).toBe("groq-value-0001\nuser: me\n");
  const first = open(print, { take: "first-line" });
  expect((await first.get("groq_api_key"))?.value).toBe("groq-value-0001");
});

// docker/docker-credential-helpers#220: a helper that has nothing may succeed all the same.
test("nothing printed is no secret", async () => {
  expect(await open("").get("groq_api_key")).toBeUndefined();
});

test.each([
  ["pass", 1, "Error: llm/groq is not in the password store."],
  [
    "op",
    1,
    '[ERROR] 2026/11/29 "llm" isn\'t an item. Specify the item with its UUID, name, or domain.',
  ],
  ["bw", 1, "Not found."],
  ["keepassxc-cli", 1, "Could not find entry with path llm/groq."],
  ["vault", 2, "No value found at secret/data/llm/groq"],
  [
    "aws",
    254,
    "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation",
  ],
  [
    "gcloud",
    1,
    "ERROR: (gcloud.secrets.versions.access) NOT_FOUND: Secret [projects/1/secrets/x] not found.",
  ],
  // anthropics/claude-code#1552: a keychain that does not have it is no failure.
  [
    "security",
    44,
    "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.",
  ],
  ["secret-tool", 1, ""],
])("%s says that it has no such secret", async (_, code, said) => {
  const lines = `process.stderr.write(${JSON.stringify(said)}); process.exitCode = ${code}`;
  expect(await open(lines).get("groq_api_key")).toBeUndefined();
});

test("any other failure is one, with what the program said", async () => {
  const store = open('console.error("[ERROR] You are not currently signed in."); process.exit(1)');
  const message = await failsWith(() => store.get("groq_api_key"), "STORE_REFUSED");
  expect(message).toContain("You are not currently signed in.");
  const own = open("process.exit(7)", { isAbsent: ({ exitCode }) => exitCode === 7 });
  expect(await own.get("groq_api_key")).toBeUndefined();
});

test("output without end is refused, and no text is no value", async () => {
  const endless = open('for (;;) require("node:fs").writeSync(1, "x".repeat(65536))');
  await failsWith(() => endless.get("groq_api_key"), "STORE_ANSWER_INVALID");
  const bytes = open('process.stdout.write(Buffer.from("p\\u00e4ss", "latin1"))');
  const message = await failsWith(() => bytes.get("groq_api_key"), "STORE_ANSWER_INVALID");
  expect(message).toContain("is not UTF-8 text");
  const marked = open('process.stdout.write(Buffer.from("\\ufeffvalue-0001\\r\\n", "utf16le"))');
  expect((await marked.get("groq_api_key"))?.value).toBe("value-0001");
});

test("the program gets our environment, without what opens our own store", async () => {
  vi.stubEnv("ACC_SECRETS_KEY", "key-of-the-store");
  vi.stubEnv("BW_SESSION", "session-of-the-user");
  const store = open("process.stdout.write(JSON.stringify(process.env))", {
    env: { MORE: "added", NODE_OPTIONS: "--no-warnings" },
  });
  const env = JSON.parse((await store.get("groq_api_key"))?.value ?? "");
  expect(env).toMatchObject({ BW_SESSION: "session-of-the-user", MORE: "added" });
  expect(Object.keys(env).filter((name) => /^(ACC_|NODE_OPTIONS)/.test(name))).toEqual([]);
});

test("a program of the working folder, of a relative PATH or of node_modules/.bin is never run", async () => {
  const program = temporaryProgram('process.stdout.write("planted-value")');
  const bin = join(temporaryFolder(), "node_modules", ".bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(program, join(bin, "planted"));
  writeFileSync(join(dirname(program), "planted"), readFileSync(program), { mode: 0o755 });
  const before = process.cwd();
  process.chdir(dirname(program));
  onTestFinished(() => process.chdir(before));
  const store = (command: string) =>
    createCommandStore({
      command: [command, "{}"],
      names: { groq_api_key: "x" },
      env: { PATH: [".", bin, dirname(program)].join(":") },
    });
  for (const command of ["planted", "./planted"]) {
    const message = await failsWith(() => store(command).get("groq_api_key"), "PROGRAM_NOT_FOUND");
    expect(message).toContain("absolute path");
    await failsWith(() => store(command).check?.(), "PROGRAM_NOT_FOUND");
  }
  expect((await store(program).get("groq_api_key"))?.value).toBe("planted-value");
});

test("options that cannot be meant are refused", async () => {
  const names = { groq_api_key: "x" };
  await failsWith(() => createCommandStore({ command: [], names }), "INVALID_OPTION");
  await failsWith(() => createCommandStore({ command: ["pass", "show"], names }), "INVALID_OPTION");
  await failsWith(
    () => createCommandStore({ command: ["pass", "{}"], names: { "a-key": "x", a_key: "y" } }),
    "NAME_CONFLICT",
  );
});

test("it serves openSecrets, which says that it only reads and that a value is stale", async () => {
  const clock = { time: 1_000_000 };
  const file = join(temporaryFolder(), "value");
  writeFileSync(file, "groq-value-0001");
  const lines = `process.stdout.write(require("node:fs").readFileSync(${JSON.stringify(file)}))`;
  const store = open(lines, { now: () => clock.time, onWarning: () => undefined });
  await using secrets = await openSecrets({ store, env: {} });
  const fresh = await secrets.get("groq_api_key");
  expect([fresh?.source, fresh?.stale]).toEqual(["store", undefined]);
  await failsWith(() => secrets.set("groq_api_key", "other-value"), "UNSUPPORTED_BY_FORMAT");
  writeFileSync(file, "groq-value-0002");
  await secrets.refresh();
  const value = async () => (await secrets.get("groq_api_key"))?.reveal();
  await expect.poll(value, { timeout: 15_000 }).toBe("groq-value-0002");
  writeFileSync(file, "x".repeat(200_000));
  clock.time += 120_000;
  const stale = await secrets.get("groq_api_key");
  expect([stale?.reveal(), stale?.stale]).toEqual(["groq-value-0002", true]);
});

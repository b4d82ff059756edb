import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Fernet, importOriginal, openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const fixtures = fileURLToPath(new URL("./fixtures/vectors/python-original", import.meta.url));

const original = (): { directory: string; store: string; key: string } => {
  const directory = join(temporaryFolder(), "original");
  cpSync(join(fixtures, "store"), directory, { recursive: true });
  const [store, key] = [join(directory, "secrets.enc"), join(directory, "secrets.key")];
  chmodSync(store, 0o600);
  chmodSync(key, 0o600);
  return { directory, store, key };
};

const expected: Record<string, string> = JSON.parse(
  readFileSync(join(fixtures, "store", "expected.json"), "utf8"),
);

const open = (directory: string, env = {}) => openSecrets({ directory, env, format: "original" });

test("a store that the original wrote opens in place, and is only read", async () => {
  const { directory } = original();
  const before = folderBytes(directory);
  await using secrets = await open(directory);
  expect(await secrets.list()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const secret = await secrets.get(name);
    expect([secret?.reveal(), secret?.source, secret?.version]).toEqual([
      value,
      "store",
      undefined,
    ]);
  }
  expect((await secrets.get("anthropic_api_key"))?.reveal()).toBe("sk-ant-fixture-2");
  expect(folderBytes(directory)).toEqual(before);
});

test("what is written there is the original's format, 0600, and nothing else is lost", async () => {
  const { directory, store, key } = original();
  await using secrets = await open(directory);
  await secrets.set("groq_api_key", "groq-value-0001");
  await secrets.delete("unicode");
  expect(statSync(store).mode & 0o777).toBe(0o600);
  const map = new Fernet(readFileSync(key, "utf8")).decrypt(readFileSync(store)).toString();
  const { unicode: _unicode, ...rest } = expected;
  expect(JSON.parse(map)).toEqual({ ...rest, groq_api_key: "groq-value-0001" });
  await failsWith(() => secrets.set("anthropic_api_key", "other-value-0001"), "NAME_CONFLICT");
});

test("a new one gets a key of its own, once", async () => {
  const directory = join(temporaryFolder(), "new");
  await using secrets = await open(directory);
  expect(existsSync(directory)).toBe(false);
  await secrets.set("first_api_key", "first-value-0001");
  const key = join(directory, "secrets.key");
  expect([statSync(key).mode & 0o777, readFileSync(key).length]).toEqual([0o600, 44]);
  const made = readFileSync(key, "utf8");
  await secrets.set("first_api_key", "first-value-0002");
  expect(readFileSync(key, "utf8")).toBe(made);
});

test("a wrong and a missing key, a cut and a foreign file are refused and change nothing", async () => {
  const { directory, store, key } = original();
  const refused = async (code: string, env = {}): Promise<void> => {
    const before = folderBytes(directory);
    await failsWith(() => open(directory, env), code);
    expect(folderBytes(directory)).toEqual(before);
  };
  const right = readFileSync(key);
  const whole = readFileSync(store);
  writeFileSync(key, readFileSync(join(fixtures, "wrongkey", "secrets.key")));
  await refused("WRONG_KEY");
  const env = { IPFS_ACCELERATE_SECRETS_KEY: right.toString() };
  await refused("WRONG_KEY", env); // As the original has it: the key file goes before the variable.
  rmSync(key);
  expect(await (await open(directory, env)).list()).toHaveLength(4);
  await refused("MISSING_KEY");
  writeFileSync(key, right, { mode: 0o600 });
  writeFileSync(store, whole.subarray(0, 100));
  await refused("WRONG_KEY");
  writeFileSync(store, "");
  await refused("STORE_EMPTY");
  writeFileSync(store, "{}");
  await refused("PLAINTEXT_REFUSED");
  writeFileSync(store, "noise \0 noise");
  await refused("STORE_DAMAGED");
  writeFileSync(store, whole);
  chmodSync(store, 0o644);
  await refused("UNSAFE_PERMISSIONS");
});

test("versions, roles, audit and keys are not in that format", async () => {
  const { directory } = original();
  await using secrets = await open(directory);
  const plan = { create: async () => "new-value-0001" };
  for (const call of [
    () => secrets.rotate("openai_api_key", plan),
    () => secrets.rotateDue(),
    () => secrets.as("ci"),
    () => secrets.roles,
    () => secrets.keys,
    () => secrets.verifyAudit(),
    () => secrets.set("openai_api_key", "new-value-0001", { rotateAfter: 1 }),
    () => secrets.recover({ from: "backup" }),
  ]) {
    await failsWith(call, "UNSUPPORTED_BY_FORMAT");
  }
});

test("a bare token is opened as one only when that is asked for", async () => {
  const { store } = original();
  await failsWith(() => openSecrets({ path: store, env: {} }), "WRONG_FORMAT");
});

test("import copies, keeps what is there, says what it left out, and can be run again", async () => {
  const { directory } = original();
  const before = folderBytes(directory);
  await using target = await openSecrets({
    directory: join(temporaryFolder(), "ours"),
    env: {},
    onWarning: ({ code }) => expect(code).toBe("SHORT_VALUE"),
  });
  await target.set("openai_api_key", "another-value-0001");
  const report = await importOriginal(target, { directory, env: {} });
  expect(report).toEqual({
    imported: ["anthropic-api-key", "unicode"],
    unchanged: [],
    skipped: [
      { name: "openai_api_key", code: "NAME_CONFLICT" },
      { name: "empty", code: "VALUE_EMPTY" },
    ],
  });
  expect((await target.get("anthropic_api_key"))?.reveal()).toBe("sk-ant-fixture-2");
  expect((await target.get("openai_api_key"))?.reveal()).toBe("another-value-0001");
  const again = await importOriginal(target, { directory, env: {} });
  expect(again.unchanged).toEqual(["anthropic-api-key", "unicode"]);
  expect(folderBytes(directory)).toEqual(before);
  const empty = { directory: temporaryFolder(), env: {} };
  await failsWith(() => importOriginal(target, empty), "NOT_FOUND");
});

/** A new store of the original with this map in it, as Python wrote it. */
const originalOf = (map: string, mark: (key: string) => Buffer = Buffer.from) => {
  const { directory, store, key } = original();
  const fernet = new Fernet(readFileSync(key, "utf8"));
  writeFileSync(store, fernet.encrypt(map));
  writeFileSync(key, mark(readFileSync(key, "utf8")));
  return { directory, map: () => fernet.decrypt(readFileSync(store)).toString() };
};

// millw14/merrymen#80: Windows writes byte order marks; Python's base64 passes over what is no ASCII
test.each([
  ["a byte order mark", (key: string) => Buffer.from(`\uFEFF${key}\r\n`)],
  ["UTF-16", (key: string) => Buffer.from(`\uFEFF${key}`, "utf16le")],
])("a key file with %s opens the store, as for the original", async (_, mark) => {
  const { directory } = originalOf('{"a_key": "value-0001"}', mark);
  await using secrets = await open(directory);
  expect((await secrets.get("a_key"))?.reveal()).toBe("value-0001");
});

// PrairieLearn/PrairieLearn#1072: Python's json writes what JSON does not have
test("values that Python alone can read are left out, and written back as they were", async () => {
  const others = [
    "NaN",
    "-Infinity",
    "12345678901234567890",
    "1.0",
    '{"x": [1, NaN, "]}"]}',
    "null",
  ];
  const members = others.map((value, index) => `"other${index}": ${value}`);
  const { directory, map } = originalOf(`{ "a_key" : "value-0001",${members.join(", ")} }\n`);
  const told: unknown[] = [];
  await using secrets = await openSecrets({
    directory,
    env: {},
    format: "original",
    onWarning: ({ code }) => told.push(code),
  });
  expect(await secrets.list()).toEqual(["a_key"]);
  expect(told).toEqual(others.map(() => "NOT_A_STRING"));
  await secrets.set("b_key", 'value "0002" \\ é');
  for (const [index, value] of others.entries())
    expect(map()).toContain(`"other${index}":${value}`);
  await using again = await open(directory);
  expect((await again.get("b_key"))?.reveal()).toBe('value "0002" \\ é');
});

test.each([
  "",
  "[]",
  "null",
  '"text"',
  '{"a"}',
  '{"a":}',
  '{"a":"b",}',
  '{"a":"b"',
  '{"a":"b"}}',
  '{a:"b"}',
  '{"a":[}',
  '{"a":"\\x"}',
  '{"a":01x}',
])("%j is no map of an original", async (map) => {
  const { directory } = originalOf(map);
  await failsWith(() => open(directory), "STORE_DAMAGED");
});

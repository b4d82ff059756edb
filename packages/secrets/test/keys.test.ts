import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  environmentKey,
  generateFernetKey,
  type KeyProvider,
  keyFile,
  openSecrets,
  passphrase,
  SecretsError,
} from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const paths = () => {
  const directory = join(temporaryFolder(), "store");
  return {
    directory,
    store: join(directory, "acc-secrets.json"),
    key: join(directory, "acc-secrets.key"),
  };
};

const keysOf = (path: string): { id: string; provider: string; wrapped: string }[] =>
  JSON.parse(readFileSync(path, "utf8")).keys;

test("a key file is made once, 0600, and only one key wraps the data key", async () => {
  const { directory, store, key } = paths();
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const made = readFileSync(key, "utf8");
  expect(made).toMatch(/^[A-Za-z0-9_-]{43}=\n$/);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  await secrets.set("first_api_key", "first-value-0002");
  expect(readFileSync(key, "utf8")).toBe(made);
  expect(keysOf(store)).toHaveLength(1);
});

test("ACC_SECRETS_KEY opens what it made, and what a key file with the same key made", async () => {
  const { directory, key } = paths();
  const env = { ACC_SECRETS_KEY: generateFernetKey() };
  await using secrets = await openSecrets({ directory, env });
  await secrets.set("first_api_key", "first-value-0001");
  await failsWith(() => openSecrets({ directory, env: {} }), "MISSING_KEY");
  const other = { ACC_SECRETS_KEY: generateFernetKey() };
  await failsWith(() => openSecrets({ directory, env: other }), "WRONG_KEY");
  await failsWith(() => openSecrets({ directory, env: { ACC_SECRETS_KEY: "x" } }), "INVALID_KEY");
  writeFileSync(key, env.ACC_SECRETS_KEY, { mode: 0o600 });
  await using again = await openSecrets({ directory, env: {} });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
});

test("ACC_SECRETS_KEY_FILE says where the key file is", async () => {
  const { directory } = paths();
  const env = { ACC_SECRETS_KEY_FILE: join(temporaryFolder(), "elsewhere.key") };
  await using secrets = await openSecrets({ directory, env });
  await secrets.set("first_api_key", "first-value-0001");
  expect(readFileSync(env.ACC_SECRETS_KEY_FILE, "utf8")).toHaveLength(45);
  await failsWith(() => openSecrets({ directory, env: {} }), "MISSING_KEY");
});

test("a second provider opens the store; removed, its old wrap opens nothing written later", async () => {
  const { directory, store, key } = paths();
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const env = { ACC_SECRETS_KEY: generateFernetKey() };
  const id = await secrets.keys.add(environmentKey({ env }));
  expect((await secrets.keys.list()).map(({ provider }) => provider)).toEqual([
    "file",
    "environment",
  ]);
  await failsWith(() => secrets.keys.add(environmentKey({ env })), "KEY_EXISTS");
  await using second = await openSecrets({ directory, env });
  expect(await second.list()).toEqual(["first_api_key"]);

  const oldWraps = keysOf(store);
  await secrets.keys.remove(id);
  expect(keysOf(`${store}.bak`).map((entry) => entry.id)).not.toContain(id);
  await secrets.set("first_api_key", "first-value-0002");
  await failsWith(() => openSecrets({ directory, env }), "WRONG_KEY");
  const envelope = JSON.parse(readFileSync(store, "utf8"));
  writeFileSync(store, `${JSON.stringify({ ...envelope, keys: oldWraps })}\n`);
  await failsWith(() => openSecrets({ directory, env }), "STORE_DAMAGED");
  expect(readFileSync(key, "utf8")).toHaveLength(45);
});

test("removing needs the providers that stay, and one that stays", async () => {
  const { directory } = paths();
  const env = { ACC_SECRETS_KEY: generateFernetKey() };
  const file = keyFile(join(directory, "acc-secrets.key"));
  await using both = await openSecrets({ directory, keys: [file, environmentKey({ env })] });
  await both.set("first_api_key", "first-value-0001");
  const [first, second] = await both.keys.list();
  await using one = await openSecrets({ directory, keys: [environmentKey({ env })] });
  const withoutAudit = () =>
    Object.entries(folderBytes(directory)).filter(([name]) => !name.includes("audit"));
  const before = withoutAudit();
  await failsWith(() => one.keys.remove(second?.id ?? ""), "KEY_NOT_LOADED");
  await failsWith(() => one.keys.remove("no-such-id"), "KEY_NOT_FOUND");
  expect(withoutAudit()).toEqual(before);
  const refusals = readFileSync(join(directory, "acc-secrets.audit.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).outcome);
  expect(refusals.slice(-2)).toEqual(["KEY_NOT_LOADED", "KEY_NOT_FOUND"]);
  await both.keys.remove(first?.id ?? "");
  await failsWith(() => both.keys.remove(second?.id ?? ""), "LAST_KEY");
});

test("a rotated key file opens, the key before it opens no new store, and the backup is new", async () => {
  const { directory, store, key } = paths();
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const old = readFileSync(key, "utf8").trim();
  await secrets.keys.rotate();
  expect(readFileSync(key, "utf8").split("\n")[1]).toBe(old);
  await using again = await openSecrets({ directory, env: {} });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  await failsWith(() => openSecrets({ directory, env: { ACC_SECRETS_KEY: old } }), "WRONG_KEY");
  expect(keysOf(`${store}.bak`)).toEqual(keysOf(store));
});

test("the new key is durable before the store that needs it: a crash between leaves both open", async () => {
  const { directory, store } = paths();
  const file = keyFile(join(directory, "acc-secrets.key"));
  await using secrets = await openSecrets({ directory, keys: [file] });
  await secrets.set("first_api_key", "first-value-0001");
  const before = readFileSync(store, "utf8");
  const { key } = (await file.rotate?.("any")) ?? {};
  expect(key).toHaveLength(32);
  expect(readFileSync(store, "utf8")).toBe(before);
  await using again = await openSecrets({ directory, env: {} });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  await again.set("first_api_key", "first-value-0002");
});

test("the variable rotates when it holds the new key before the old one", async () => {
  const { directory } = paths();
  const [old, young] = [generateFernetKey(), generateFernetKey()];
  await using secrets = await openSecrets({ directory, env: { ACC_SECRETS_KEY: old } });
  await secrets.set("first_api_key", "first-value-0001");
  await failsWith(() => secrets.keys.rotate(), "KEY_NOT_ROTATED");
  const env = { ACC_SECRETS_KEY: `${young},${old}` };
  await using both = await openSecrets({ directory, env });
  await both.keys.rotate();
  await using last = await openSecrets({ directory, env: { ACC_SECRETS_KEY: young } });
  expect((await last.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  await failsWith(() => openSecrets({ directory, env: { ACC_SECRETS_KEY: old } }), "WRONG_KEY");
});

test("a rotated data key keeps the secrets, every provider and the audit", async () => {
  const { directory, store } = paths();
  const env = { ACC_SECRETS_KEY: generateFernetKey() };
  const phrase = passphrase("correct horse");
  await using secrets = await openSecrets({ directory, keys: [environmentKey({ env }), phrase] });
  await secrets.set("first_api_key", "first-value-0001");
  const before = keysOf(store);
  await secrets.keys.rotateDataKey();
  const after = keysOf(store);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after[0]?.wrapped).not.toBe(before[0]?.wrapped);
  await using by = await openSecrets({
    directory,
    keys: [passphrase(async () => "correct horse")],
  });
  expect((await by.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});

test("what a new passphrase costs to try is 128 MiB", async () => {
  const { directory, store } = paths();
  await using secrets = await openSecrets({ directory, env: {}, keys: [passphrase("right")] });
  await secrets.set("first_api_key", "first-value-0001");
  const [key] = JSON.parse(readFileSync(store, "utf8")).keys;
  expect(key.params).toMatchObject({ kdf: "scrypt", N: 2 ** 17, r: 8, p: 1 });
});

test("a provider of one's own works, and is asked once as long as the header stays", async () => {
  const { directory } = paths();
  let asked = 0;
  const own: KeyProvider = {
    kind: "own",
    load: async () => {
      asked += 1;
      return [new Uint8Array(32).fill(7)];
    },
    prepare: async () => ({ key: new Uint8Array(32).fill(7) }),
  };
  await using writer = await openSecrets({ directory, keys: [own] });
  await writer.set("first_api_key", "first-value-0001");
  await using reader = await openSecrets({ directory, keys: [own] });
  asked = 0;
  for (const value of ["first-value-0002", "first-value-0003"]) {
    await writer.set("first_api_key", value);
    await reader.refresh();
    expect((await reader.get("first_api_key"))?.reveal()).toBe(value);
  }
  expect(asked).toBe(0);
});

test("a provider that fails does not keep the next one from opening the store", async () => {
  const { directory } = paths();
  const env = { ACC_SECRETS_KEY: generateFernetKey() };
  await using secrets = await openSecrets({ directory, env });
  await secrets.set("first_api_key", "first-value-0001");
  const broken: KeyProvider = {
    kind: "broken",
    load: async () => {
      throw new SecretsError("KEYCHAIN_UNAVAILABLE", "not today");
    },
    prepare: async () => ({ key: new Uint8Array(32) }),
  };
  await using opened = await openSecrets({ directory, keys: [broken, environmentKey({ env })] });
  expect(await opened.list()).toEqual(["first_api_key"]);
  await failsWith(() => openSecrets({ directory, keys: [broken] }), "KEYCHAIN_UNAVAILABLE");
});

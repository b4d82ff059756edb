import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { generateFernetKey, keyFile, openSecrets, passphrase } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

// What a derivation costs is no matter of these tests: the least that a header may say.
vi.mock(import("../src/keys/usual-cost.ts"), () => ({ usualCost: { N: 2 ** 14, r: 8, p: 1 } }));

const store = async () => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  return { directory, path, key: join(directory, "acc-secrets.key") };
};

const edit = (path: string, change: (envelope: Record<string, unknown>) => void): void => {
  const envelope = JSON.parse(readFileSync(path, "utf8"));
  change(envelope);
  writeFileSync(path, `${JSON.stringify(envelope)}\n`);
};

/** Opening must fail with the code and leave every byte as it was. */
const refused = async (directory: string, code: string, options = {}): Promise<string> => {
  const before = folderBytes(directory);
  const message = await failsWith(() => openSecrets({ directory, env: {}, ...options }), code);
  expect(folderBytes(directory)).toEqual(before);
  return message;
};

test("a wrong key, a missing key and a damaged body are three errors", async () => {
  const { directory, path, key } = await store();
  const right = readFileSync(key);
  writeFileSync(key, `${generateFernetKey()}\n`);
  await refused(directory, "WRONG_KEY");
  rmSync(key);
  await refused(directory, "MISSING_KEY");
  expect(existsSync(key)).toBe(false);
  writeFileSync(key, "not a key", { mode: 0o600 });
  await refused(directory, "INVALID_KEY");
  writeFileSync(key, right);
  edit(path, (envelope) => {
    envelope.body = (envelope.body as string).replace(/.{9}$/, "AAAAAAAA=");
  });
  await refused(directory, "STORE_DAMAGED");
});

test("no key is made where a store exists, by set neither", async () => {
  const { directory, key } = await store();
  await using secrets = await openSecrets({ directory, env: {} });
  rmSync(key);
  await secrets.set("second_api_key", "second-value-0002");
  expect(existsSync(key)).toBe(false);
});

test("cut at any length, it never opens as something else", async () => {
  const { directory, path } = await store();
  const whole = readFileSync(path);
  for (let length = whole.length - 2; length > 0; length -= 23) {
    writeFileSync(path, whole.subarray(0, length));
    await refused(directory, "STORE_DAMAGED");
  }
  truncateSync(path, 0);
  await refused(directory, "STORE_EMPTY");
});

test("with any bit flipped, it never opens", async () => {
  const { directory, path } = await store();
  const whole = readFileSync(path);
  const codes = new Set<string>();
  for (let place = 0; place < whole.length - 1; place += 3) {
    const flipped = Buffer.from(whole);
    flipped[place] = (flipped[place] as number) ^ (1 << (place % 7));
    writeFileSync(path, flipped);
    const opened = await openSecrets({ directory, env: {} }).catch((error) => {
      codes.add(error.code);
    });
    expect(opened, `byte ${place}`).toBeUndefined();
  }
  for (const code of codes) {
    expect([
      "STORE_DAMAGED",
      "HEADER_EDITED",
      "WRONG_FORMAT",
      "NEWER_VERSION",
      "WRONG_KEY",
      "MISSING_KEY",
    ]).toContain(code);
  }
});

test("an edited header is found", async () => {
  const { directory, path } = await store();
  const good = readFileSync(path);
  const edits: [string, (envelope: Record<string, unknown>) => void][] = [
    ["HEADER_EDITED", (envelope) => Object.assign(envelope, { generation: 7 })],
    ["HEADER_EDITED", (envelope) => Object.assign(envelope, { storeId: "another" })],
    [
      "HEADER_EDITED",
      (envelope) => {
        const keys = envelope.keys as object[];
        keys.push({ ...keys[0], id: "0123456789abcdef" });
      },
    ],
    [
      "HEADER_EDITED",
      (envelope) => Object.assign((envelope.keys as object[])[0] as object, { provider: "other" }),
    ],
    ["NEWER_VERSION", (envelope) => Object.assign(envelope, { version: 2 })],
    ["STORE_DAMAGED", (envelope) => Object.assign(envelope, { version: 0 })],
    ["WRONG_FORMAT", (envelope) => Object.assign(envelope, { format: "other" })],
    ["STORE_DAMAGED", (envelope) => Object.assign(envelope, { keys: "none" })],
    ["STORE_DAMAGED", (envelope) => Object.assign(envelope, { generation: "1" })],
    [
      "STORE_DAMAGED",
      (envelope) => Object.assign((envelope.keys as object[])[0] as object, { wrapped: "gAAAA" }),
    ],
  ];
  for (const [code, change] of edits) {
    writeFileSync(path, good);
    edit(path, change);
    await refused(directory, code);
  }
});

test("absurd scrypt parameters are refused, at once", async () => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  const keys = [passphrase("correct horse")];
  await using secrets = await openSecrets({ directory, env: {}, keys });
  await secrets.set("first_api_key", "first-value-0001");
  const good = readFileSync(path);
  const absurd = [
    ...[2 ** 30, 2 ** 10, 3 * 2 ** 14, "131072", -1].map((N) => ({ N })),
    ...[4096, 1].map((r) => ({ r })),
    ...[1000, 0, 1.5].map((p) => ({ p })),
    { salt: "" },
    { kdf: "none" },
  ];
  const started = performance.now();
  for (const params of absurd) {
    writeFileSync(path, good);
    edit(path, (envelope) => {
      const [key] = envelope.keys as { params: object }[];
      Object.assign(key?.params ?? {}, params);
    });
    await refused(directory, "UNSAFE_KDF_PARAMETERS", { keys });
  }
  expect(performance.now() - started).toBeLessThan(5000);
});

test("a wrong passphrase is its own error", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {}, keys: [passphrase("right")] });
  await secrets.set("first_api_key", "first-value-0001");
  await refused(directory, "WRONG_PASSPHRASE", { keys: [passphrase("wrong")] });
  await refused(directory, "INVALID_PASSPHRASE", { keys: [passphrase("")] });
  await refused(directory, "MISSING_KEY");
  await using again = await openSecrets({ directory, env: {}, keys: [passphrase("right")] });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
});

test("others' eyes, others' files and links are refused, with the command that fixes it", async () => {
  const { directory, path } = await store();
  chmodSync(path, 0o640);
  expect(await refused(directory, "UNSAFE_PERMISSIONS")).toContain(`chmod 600 ${path}`);
  chmodSync(path, 0o604);
  await refused(directory, "UNSAFE_PERMISSIONS");
  chmodSync(path, 0o600);
  renameSync(path, `${path}.real`);
  symlinkSync(`${path}.real`, path);
  expect(await refused(directory, "SYMLINK_REFUSED")).toContain("mv ");
  rmSync(path);
  mkdirSync(path);
  await refused(directory, "NOT_A_FILE");
  rmSync(path, { recursive: true });
  renameSync(`${path}.real`, path);
  await using secrets = await openSecrets({ directory, env: {} });
  expect(await secrets.list()).toEqual(["first_api_key"]);
});

test.skipIf(process.getuid?.() !== 0)("a file of another user is refused", async () => {
  const { directory, path, key } = await store();
  chownSync(path, 65534, 65534);
  expect(await refused(directory, "WRONG_OWNER")).toContain("chown");
  chownSync(path, 0, 0);
  chownSync(key, 65534, 65534);
  await refused(directory, "WRONG_OWNER");
});

test("a folder that others may write to is refused at the first write", async () => {
  const directory = join(temporaryFolder(), "open");
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  await using secrets = await openSecrets({ directory, env: {} });
  const message = await failsWith(
    () => secrets.set("first_api_key", "first-value-0001"),
    "UNSAFE_PERMISSIONS",
  );
  expect(message).toContain(`chmod 700 ${directory}`);
  expect(folderBytes(directory)).toEqual({});
});

test("plain text is opened only when this open asks for it", async () => {
  const directory = join(temporaryFolder(), "plain");
  await using plain = await openSecrets({ directory, env: {}, encryption: "none" });
  await plain.set("first_api_key", "first-value-0001");
  expect(readFileSync(join(directory, "acc-secrets.json"), "utf8")).toContain("first-value-0001");
  await refused(directory, "PLAINTEXT_REFUSED");
  await using again = await openSecrets({ directory, env: {}, encryption: "none" });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  const encrypted = await store();
  await refused(encrypted.directory, "ENCRYPTED_STORE", { encryption: "none" });
});

test("a lower generation put back under an open process is refused", async () => {
  const { directory, path } = await store();
  const old = readFileSync(path);
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  const newer = readFileSync(path);
  writeFileSync(path, old);
  const before = folderBytes(directory);
  await failsWith(() => secrets.refresh(), "ROLLED_BACK");
  await failsWith(() => secrets.set("second_api_key", "second-value-0001"), "ROLLED_BACK");
  expect(folderBytes(directory)).toEqual(before);
  writeFileSync(path, newer);
  await secrets.refresh();
  expect((await secrets.get("first_api_key"))?.reveal()).toBe("first-value-0002");
});

test("another history of the same generation is refused as well", async () => {
  const { directory, path } = await store();
  const first = readFileSync(path);
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  writeFileSync(path, first);
  await using other = await openSecrets({ directory, env: {} });
  await other.set("first_api_key", "first-value-0003");
  await failsWith(() => secrets.refresh(), "ROLLED_BACK");
});

test("another store on the same path is refused by a process that has the first one open", async () => {
  const one = await store();
  const two = await store();
  await using secrets = await openSecrets({ directory: one.directory, env: {} });
  copyFileSync(two.path, one.path);
  copyFileSync(two.key, one.key);
  const before = folderBytes(one.directory);
  await failsWith(() => secrets.refresh(), "STORE_REPLACED");
  await failsWith(() => secrets.set("second_api_key", "second-value-0001"), "STORE_REPLACED");
  expect(folderBytes(one.directory)).toEqual(before);
});

test("two first writes on one path make one store", async () => {
  const directory = join(temporaryFolder(), "new");
  await using one = await openSecrets({ directory, env: {} });
  await using two = await openSecrets({ directory, env: {} });
  await Promise.all([
    one.set("first_api_key", "first-value-0001"),
    two.set("second_api_key", "second-value-0001"),
  ]);
  await using three = await openSecrets({
    directory,
    env: {},
    keys: [keyFile(join(directory, "acc-secrets.key"))],
  });
  expect(await three.list()).toEqual(["first_api_key", "second_api_key"]);
});

test("a store that is gone is not a new one", async () => {
  const { directory, path } = await store();
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0002");
  rmSync(path);
  await failsWith(() => secrets.refresh(), "STORE_MISSING");
  await failsWith(() => secrets.set("first_api_key", "first-value-0003"), "STORE_MISSING");
  await refused(directory, "STORE_MISSING");
});

import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generateFernetKey, openSecrets } from "../src/index.ts";
import { edit, refused, store } from "./store-scene.ts";

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

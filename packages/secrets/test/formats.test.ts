import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readAudit } from "../src/audit/read-lines.ts";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const fixtures = fileURLToPath(new URL("./fixtures/formats", import.meta.url));

/** A store as a version of before left it, with a rotation that was cut off. */
const storeOf = (version: string) => {
  const directory = join(temporaryFolder(), "store");
  cpSync(join(fixtures, version), directory, { recursive: true });
  chmodSync(directory, 0o700);
  for (const name of ["json", "json.bak", "key", "audit.jsonl"]) {
    chmodSync(join(directory, `acc-secrets.${name}`), 0o600);
  }
  return { directory, path: join(directory, "acc-secrets.json") };
};

const values: Readonly<Record<string, string>> = {
  gemini_api_key: "gemini-value-of-2026",
  groq_api_key: "groq-value-of-2026-2",
  "odd.Name-key": "line one\nключ 🔑 'q' \"q\" `q`",
  vendor_api_key: "vendor-value-of-2026-1",
};

test("a store of November 2026 opens, and is carried over without loss", async () => {
  const { directory } = storeOf("2026-11");
  const before = folderBytes(directory);
  const now = () => Date.parse("2026-12-01T00:00:00Z");
  await using secrets = await openSecrets({ directory, env: {}, now });
  const check = async (): Promise<void> => {
    for (const [name, value] of Object.entries(values)) {
      expect((await secrets.get(name))?.reveal()).toBe(value);
    }
    expect((await secrets.getAll("groq_api_key")).map((each) => each.reveal())).toEqual([
      "groq-value-of-2026-2",
      "groq-value-of-2026-1",
    ]);
    expect((await secrets.roles.list()).ci).toHaveLength(2);
    expect((await secrets.as("ci").get("groq_api_key"))?.version).toBe(2);
    expect(await secrets.keys.list()).toMatchObject([{ provider: "file" }]);
    expect(await secrets.verifyAudit()).toMatchObject({ ok: true });
  };
  expect(await secrets.list()).toEqual(Object.keys(values));
  await check();
  expect(folderBytes(directory)).toEqual(before);
  await secrets.set("new_api_key", "new-value-0001");
  await check();
  const formats: unknown[] = [];
  for await (const { text = "" } of readAudit(join(directory, "acc-secrets.audit.jsonl"))) {
    formats.push(JSON.parse(text).format);
  }
  expect(formats).toEqual([...Array(12).fill(undefined), 2]);
});

test("a rotation that a version of before left goes on where it was asked to", async () => {
  const { directory } = storeOf("2026-11");
  await using secrets = await openSecrets({ directory, env: {} });
  const plan = { create: async () => "vendor-value-of-2026-3", test: async () => true };
  const outcome = await secrets.rotate("vendor_api_key", plan).catch((error) => error.code);
  // Its process was of a boot that the record of then cannot tell from another machine's.
  if (outcome !== "ROTATION_IN_PROGRESS") expect(outcome.version).toBe(2);
  await secrets.rotate("vendor_api_key", { ...plan, restart: true });
  expect((await secrets.get("vendor_api_key"))?.reveal()).toMatch(/^vendor-value-of-2026-[23]$/);
});

test("a newer store is refused by a code, untouched", async () => {
  const { directory, path } = storeOf("2026-11");
  const envelope = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...envelope, version: 2, more: { than: "this" } }));
  const before = folderBytes(directory);
  const message = await failsWith(() => openSecrets({ directory, env: {} }), "NEWER_VERSION");
  expect(message).toContain("Update @acc/secrets");
  expect(folderBytes(directory)).toEqual(before);
});

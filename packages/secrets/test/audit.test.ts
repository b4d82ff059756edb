import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMemoryStore, openSecrets, type SecretsOptions } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const audited = async (options: SecretsOptions = {}) => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.audit.jsonl");
  const secrets = await openSecrets({ directory, env: {}, audit: { actor: "me" }, ...options });
  for (let count = 1; count <= 5; count += 1) {
    await secrets.set(`name_${count}_key`, `some-value-000${count}`);
  }
  const lines = (): string[] => readFileSync(path, "utf8").trimEnd().split("\n");
  const write = (texts: readonly string[]): void => writeFileSync(path, `${texts.join("\n")}\n`);
  const kinds = async () =>
    (await secrets.verifyAudit()).problems.map(({ kind, line, seq }) => [kind, line, seq]);
  return { directory, path, secrets, lines, write, kinds };
};

test("each change is one line: time, process, actor, name, version, outcome, and no value", async () => {
  const { path, secrets, lines } = await audited({ now: () => 0, audit: { actor: "me" } });
  await secrets.set("name_1_key", "some-value-0006");
  await secrets.delete("name_2_key");
  await secrets.delete("name_2_key");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(lines()).toHaveLength(7);
  expect(JSON.parse(lines()[5] ?? "")).toEqual({
    seq: 6,
    format: 2,
    time: "1970-01-01T00:00:00.000Z",
    pid: process.pid,
    actor: "me",
    action: "set",
    name: "name_1_key",
    version: 2,
    outcome: "ok",
    generation: 7,
    epoch: 0,
    prev: JSON.parse(lines()[4] ?? "").mac,
    mac: expect.any(String),
  });
  expect(JSON.parse(lines()[6] ?? "")).toMatchObject({ action: "delete", name: "name_2_key" });
  expect(readFileSync(path, "utf8")).not.toContain("some-value");
  const report = await secrets.verifyAudit();
  expect(report).toMatchObject({ ok: true, lines: 7, problems: [], lost: 0 });
  expect(report.cannotFind.join(" ")).toMatch(/cut from the end.*forged/);
});

test("an edited line is found, each field of it", async () => {
  const { lines, write, kinds } = await audited();
  const good = lines();
  for (const [from, to] of [
    ['"name":"name_3_key"', '"name":"name_4_key"'],
    ['"outcome":"ok"', '"outcome":"no"'],
    ['"actor":"me"', '"actor":"us"'],
    ['"version":1', '"version": 1'],
    ['"action":"set"', '"action":"set","source":"x"'],
  ] as const) {
    const edited = [...good];
    edited[2] = (good[2] ?? "").replace(from, to);
    expect(edited[2]).not.toBe(good[2]);
    write(edited);
    expect(await kinds()).toEqual([["edited", 3, 3]]);
  }
  write([...good.slice(0, 2), "nonsense", ...good.slice(3)]);
  expect(await kinds()).toEqual([["edited", 3, undefined]]);
  write(good);
  expect(await kinds()).toEqual([]);
});

test("a removed, a reordered, a doubled and a cut line are found, and said which", async () => {
  const { path, lines, write, kinds } = await audited();
  const [one = "", two = "", three = "", four = "", five = ""] = lines();
  write([one, two, four, five]);
  expect(await kinds()).toEqual([["removed", undefined, 3]]);
  write([two, three, four, five]);
  expect(await kinds()).toEqual([["removed", undefined, 1]]);
  write([one, three, two, four, five]);
  expect(await kinds()).toEqual([["reordered", 3, 2]]);
  write([one, two, two, three, four, five]);
  expect(await kinds()).toEqual([["reordered", 3, 2]]);
  write([one, two, three, four]);
  expect(await kinds()).toEqual([["cut", undefined, 5]]);
  rmSync(path);
  expect(await kinds()).toEqual([["cut", undefined, 1]]);
});

test("a cut is still to be seen after later writes", async () => {
  const { secrets, lines, write, kinds } = await audited();
  write(lines().slice(0, 3));
  await secrets.set("name_6_key", "some-value-0006");
  expect(await kinds()).toEqual([["removed", undefined, 4]]);
});

test("a signed line of another history in the place of one is found", async () => {
  const { directory, path, secrets, lines, write, kinds } = await audited({
    audit: { reads: true },
  });
  await secrets.get("name_1_key");
  const before = lines();
  write(before.slice(0, -1));
  await using other = await openSecrets({ directory, env: {}, audit: { reads: true } });
  await other.get("name_2_key");
  await other.set("name_6_key", "some-value-0006");
  expect(await kinds()).toEqual([]);
  const after = lines();
  write([...after.slice(0, 5), before[5] ?? "", ...after.slice(6)]);
  expect(await kinds()).toEqual([["edited", 6, 6]]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a line left unfinished by a crash is no problem to the next writer", async () => {
  const { path, secrets, kinds } = await audited();
  appendFileSync(path, '{"seq":6,"time":"20');
  await secrets.set("name_6_key", "some-value-0006");
  expect(await kinds()).toEqual([]);
});

test("old epochs stay: a rotated data key breaks nothing", async () => {
  const { secrets, lines, write, kinds } = await audited();
  await secrets.keys.rotateDataKey();
  await secrets.set("name_6_key", "some-value-0006");
  expect(lines().map((line) => JSON.parse(line).epoch)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(await kinds()).toEqual([]);
  write(lines().map((line, index) => (index === 1 ? line.replace('"ok"', '"no"') : line)));
  expect(await kinds()).toEqual([["edited", 2, 2]]);
});

test("two processes write one chain", async () => {
  const { directory, secrets, kinds } = await audited();
  await using other = await openSecrets({ directory, env: {} });
  for (let count = 0; count < 5; count += 1) {
    await Promise.all([
      secrets.set("name_1_key", `some-value-a${count}`),
      other.set("name_2_key", `some-value-b${count}`),
    ]);
  }
  expect(await kinds()).toEqual([]);
});

test("reads are written down where that is asked for, with their source", async () => {
  const { secrets, lines } = await audited({
    audit: { reads: true },
    env: { X_API_KEY: "x-value-1" },
  });
  await secrets.get("name_1_key");
  await secrets.get("x_api_key");
  await secrets.get("absent_api_key");
  const reads = lines()
    .map((line) => JSON.parse(line))
    .slice(5);
  expect(reads.map(({ action, name, source, outcome }) => [action, name, source, outcome])).toEqual(
    [
      ["read", "name_1_key", "store", "ok"],
      ["read", "x_api_key", "env:X_API_KEY", "ok"],
      ["read", "absent_api_key", undefined, "NOT_FOUND"],
    ],
  );
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});

test("best-effort counts what it lost and warns once; required refuses", async () => {
  const codes: string[] = [];
  const onWarning = ({ code }: { code: string }): void => void codes.push(code);
  const { directory, path, secrets } = await audited({ onWarning });
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  await secrets.set("name_1_key", "some-value-0011");
  await secrets.set("name_1_key", "some-value-0012");
  expect(codes).toEqual(["AUDIT_LOST"]);
  const audit = { mode: "required", reads: true } as const;
  await using strict = await openSecrets({ directory, env: {}, audit });
  await failsWith(() => strict.set("name_1_key", "some-value-0013"), "AUDIT_UNAVAILABLE");
  await failsWith(() => strict.get("name_1_key"), "AUDIT_UNAVAILABLE");
  await failsWith(() => strict.delete("name_1_key"), "AUDIT_UNAVAILABLE");
  rmSync(path, { recursive: true });
  renameSync(`${path}.away`, path);
  expect((await strict.get("name_1_key"))?.reveal()).toBe("some-value-0012");
  expect((await secrets.verifyAudit()).lost).toBe(2);
});

test("a store that keeps no audit says so", async () => {
  await using secrets = await openSecrets({ store: createMemoryStore() });
  await failsWith(() => secrets.verifyAudit(), "UNSUPPORTED_BY_FORMAT");
});

test.each([{ mode: "required" }, { reads: true }] as const)(
  "%j of a store that keeps no audit is refused before anything is kept without a line",
  async (audit) => {
    const outside = { kind: "outside", get: () => undefined, list: async () => [] };
    for (const store of [createMemoryStore(), outside]) {
      const message = await failsWith(() => openSecrets({ store, audit }), "UNSUPPORTED_BY_FORMAT");
      expect(message).toContain(`The ${store.kind} store has no audit`);
    }
    const directory = temporaryFolder();
    const original = { directory, env: {}, format: "original", audit } as const;
    await failsWith(() => openSecrets(original), "UNSUPPORTED_BY_FORMAT");
    await using secrets = await openSecrets({ store: createMemoryStore(), audit: { actor: "me" } });
    await secrets.set("groq_api_key", "some-value-0001");
  },
);

import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addKey,
  createAccess,
  fileKeys,
  type KeyStore,
  listKeys,
  redisKeys,
  revokeKey,
} from "../../src/index.ts";
import { type Connection, clientNames, connect } from "../support/redis-clients.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../support/redis-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const future = Date.now() + 1e9;

/** What holds of each store; `open` gives it twice, as two servers have it. */
function rules(open: () => readonly [KeyStore, KeyStore]): void {
  test("a key is found by the other server, with all that it was given, and its token nowhere", async () => {
    const [here, there] = open();
    const options = {
      name: "Bob.1-x",
      tenant: "team",
      models: ["groq/*"],
      rpm: 5,
      tpm: 6,
      budget: { usd: 0.5, per: "month" },
      expiresAt: future,
    } as const;
    const { token, key } = await addKey(here, options);
    expect(token).toMatch(/^sk-acc-[0-9a-f]{16}-[\w-]{43}$/);
    expect(key).toMatchObject(options);
    expect(await listKeys(there)).toEqual([key]);
    expect(JSON.stringify(await there.list())).not.toContain(token.slice(-43));
    expect(JSON.stringify(await listKeys(there))).not.toContain("hash");
  });

  test("a name is taken once, also where two ask at the same time", async () => {
    const [here, there] = open();
    const all = [here, there, here, there].map((store) => addKey(store, { name: "a" }));
    const ends = await Promise.allSettled(all);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const failed = ends.find((end) => end.status === "rejected");
    expect(failed).toMatchObject({ reason: { code: "KEY_EXISTS" } });
    expect(await here.list()).toHaveLength(1);
  });

  test("a revoked key is gone from the other at once, and its name is another's", async () => {
    const [here, there] = open();
    const first = await addKey(here, { name: "a" });
    const [record] = await there.list();
    expect(await there.find(record?.handle ?? "")).toEqual(record);
    expect(await revokeKey(here, "a")).toBe(true);
    expect(await there.find(record?.handle ?? "")).toBeUndefined();
    expect(await revokeKey(there, "a")).toBe(false);
    const next = await addKey(there, { name: "a" });
    expect(next.token).not.toBe(first.token);
    expect(next.key.tenant).not.toBe(first.key.tenant);
  });

  test("none are listed where there are none, by their names where there are", async () => {
    const [here] = open();
    expect(await listKeys(here)).toEqual([]);
    for (const name of ["c", "a", "b"]) await addKey(here, { name });
    expect((await listKeys(here)).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });
}

describe("keys in files", () => {
  rules(() => {
    const folder = join(temporaryFolder(), "keys");
    return [fileKeys(folder), fileKeys(folder)];
  });

  test("are the user's alone, and nothing else is left in the folder", async () => {
    const folder = join(temporaryFolder(), "keys");
    await addKey(fileKeys(folder), { name: "a" });
    await addKey(fileKeys(folder), { name: "a" }).catch(() => undefined);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [name = "", ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test("are not added where others could add theirs", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const added = addKey(fileKeys(folder), { name: "a" });
    await expect(added).rejects.toMatchObject({ code: "UNSAFE_PERMISSIONS" });
  });

  test.each([
    ["cut", (text: string) => text.slice(0, -20)],
    ["without its budget's amount", (text: string) => text.replace('"usd":1,', "")],
    ["with a limit that is text", (text: string) => text.replace('"rpm":5', '"rpm":"5"')],
    ["empty", () => ""],
  ])(
    "one that is %s is told by its file, and not taken for one without limits",
    async (_, damage) => {
      const folder = temporaryFolder();
      const keys = fileKeys(folder);
      await addKey(keys, { name: "a", rpm: 5, budget: { usd: 1, per: "day" } });
      const [name = ""] = readdirSync(folder);
      const path = join(folder, name);
      writeFileSync(path, damage(readFileSync(path, "utf8")));
      const failure = { code: "DAMAGED", message: expect.stringContaining(path) };
      await expect(keys.find(name.slice(0, 16))).rejects.toMatchObject(failure);
      await expect(listKeys(keys)).rejects.toMatchObject(failure);
      await addKey(keys, { name: "b" });
      const told: unknown[] = [];
      const others = await listKeys(keys, (error) => told.push(error));
      expect([others.map((key) => key.name), told]).toMatchObject([["b"], [failure]]);
      const access = createAccess({ keys });
      expect(await access.check()).toEqual([failure.message]);
      expect((await access.uses()).map((use) => use.name)).toEqual(["b"]);
      await access.close();
      expect(await revokeKey(keys, "a")).toBe(true);
    },
  );
});

describe.skipIf(!hasRedisServer()).each(clientNames)("keys in Redis by %s", (name) => {
  let server: RedisServer;
  let connections: Connection[];
  let serial = 0;
  beforeAll(async () => {
    server = await startRedis();
    connections = await Promise.all([connect[name](server.url), connect[name](server.url)]);
  });
  afterAll(async () => {
    for (const connection of connections ?? []) connection.end();
    await server?.stop();
  });
  rules(() => {
    serial += 1;
    const [one, other] = connections as [Connection, Connection];
    const options = { prefix: `t${serial}` };
    return [redisKeys(one.client, options), redisKeys(other.client, options)];
  });

  test("one that is damaged is told by its field, and the others are listed", async () => {
    const keys = redisKeys((connections[0] as Connection).client, { prefix: "damaged" });
    await addKey(keys, { name: "a" });
    const field = server.cli("HKEYS", "damaged:keys").trim();
    server.cli("HSET", "damaged:keys", field, "{");
    await addKey(keys, { name: "b" });
    const failure = { code: "DAMAGED", message: expect.stringContaining(field) };
    await expect(listKeys(keys)).rejects.toMatchObject(failure);
    const told: unknown[] = [];
    const others = await listKeys(keys, (error) => told.push(error));
    expect([others.map((key) => key.name), told]).toMatchObject([["b"], [failure]]);
    expect(await revokeKey(keys, "a")).toBe(true);
  });
});

test.each([
  ["name", { name: "" }],
  ["name", { name: "a b" }],
  ["name", { name: "../a" }],
  ["name", { name: "a".repeat(65) }],
  ["name", { name: 1 }],
  ["tenant", { name: "a", tenant: "key:1" }],
  ["models", { name: "a", models: [] }],
  ["models", { name: "a", models: "groq/*" }],
  ["models", { name: "a", models: [""] }],
  ["rpm", { name: "a", rpm: 0 }],
  ["rpm", { name: "a", rpm: 1.5 }],
  ["tpm", { name: "a", tpm: "1000" }],
  ["budget.usd", { name: "a", budget: { usd: 0, per: "day" } }],
  ["budget.usd", { name: "a", budget: { usd: Number.NaN, per: "day" } }],
  ["budget.per", { name: "a", budget: { usd: 1, per: "week" } }],
  ["expiresAt", { name: "a", expiresAt: 1 }],
  ["expiresAt", { name: "a", expiresAt: new Date() }],
])("a wrong %s is told by its name, and no key is made: %j", async (member, options) => {
  const keys = fileKeys(temporaryFolder());
  const failure = { code: "INVALID_OPTION", message: expect.stringContaining(`${member} is`) };
  await expect(addKey(keys, options as never)).rejects.toMatchObject(failure);
  expect(await keys.list()).toEqual([]);
});

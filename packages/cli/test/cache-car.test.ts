import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KEY_VERSION, openCache, recordings } from "@acc/cache";
import { CarReader } from "@ipld/car/reader";
import { CarWriter } from "@ipld/car/writer";
import { decode, encode } from "@ipld/dag-cbor";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";
import { describe, expect, it } from "vitest";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home, claudeEnv: env } = eachTestAnew();

const ask = (prompt: string, more: Record<string, string> = {}) =>
  home.acc(["chat", "-p", "claude", "--json", prompt], { env: { ...env(), ...more } });
const inHome = (name: string) => join(home.path, name);
const other = () => ({ ACC_CACHE_DIR: inHome("other-cache") });

/** The blocks of a file, each held against its CID. */
async function blocksOf(path: string): Promise<Map<string, unknown>> {
  const reader = await CarReader.fromBytes(readFileSync(path));
  const blocks = new Map<string, unknown>();
  for await (const { cid, bytes } of reader.blocks()) {
    expect(Buffer.from(cid.multihash.bytes)).toEqual(
      Buffer.from((await sha256.digest(bytes)).bytes),
    );
    blocks.set(cid.toString(), decode(bytes));
  }
  return blocks;
}

/** A file with one other byte in the middle of a text. */
function damage(path: string, text: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe("answers of a machine's cache", () => {
  it("go to another by a file of blocks under their CIDs", async () => {
    const { cid } = JSON.parse((await ask("one")).stdout);
    await ask("two");
    const asked = server.requests.length;
    expect(await home.acc(["cache", "export", "answers.car"])).toMatchObject({
      code: 0,
      stdout: "answers     2\nrequests    2\n",
    });
    const blocks = await blocksOf(inHome("answers.car"));
    const root = [...blocks.values()][0];
    const question = { provider: "claude", messages: [{ content: [{ text: "one" }] }] };
    expect(blocks.get(cid)).toMatchObject([KEY_VERSION, question]);
    expect(root).toMatchObject({ format: "acc-answers", version: 1 });
    expect(JSON.stringify(root)).toContain(cid);
    if (process.platform !== "win32") {
      expect(statSync(inHome("answers.car")).mode & 0o777).toBe(0o600);
    }
    const taken = await home.acc(["cache", "import", "answers.car", "--json"], { env: other() });
    expect(JSON.parse(taken.stdout)).toEqual({
      ...{ file: "answers.car", taken: 2, present: 0, refused: 0 },
    });
    expect(JSON.parse((await ask("one", other())).stdout)).toMatchObject({ cached: true, cid });
    expect(server.requests).toHaveLength(asked);
    const again = await home.acc(["cache", "import", "answers.car"], { env: other() });
    expect(again.stdout).toBe("taken       0\npresent     2\nrefused     0\n");
    await home.acc(["cache", "export", "again.car"], { env: other() });
    expect(readFileSync(inHome("again.car"))).toEqual(readFileSync(inHome("answers.car")));
  });

  it("are the same file each time, which replaces another only with --force", async () => {
    await ask("one");
    await home.acc(["cache", "export", "a.car"]);
    await home.acc(["cache", "export", "b.car"]);
    expect(readFileSync(inHome("a.car"))).toEqual(readFileSync(inHome("b.car")));
    writeFileSync(inHome("b.car"), "something else");
    const refused = await home.acc(["cache", "export", "b.car"]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("(FILE_EXISTS)")]);
    expect(readFileSync(inHome("b.car"), "utf8")).toBe("something else");
    expect((await home.acc(["cache", "export", "b.car", "--force"])).code).toBe(0);
    expect(readdirSync(home.path).filter((name) => name.includes(".car"))).toEqual([
      "a.car",
      "b.car",
    ]);
  });

  it("of a tenant stay that tenant's", async () => {
    const cache = openCache({ directory: inHome("cache") });
    await cache.set(cache.key({ a: 1 }), ["of ann"], { tenant: "ann", namespace: "n/1" });
    await cache.close();
    await home.acc(["cache", "export", "answers.car"], { env: { ACC_CACHE_DIR: inHome("cache") } });
    await home.acc(["cache", "import", "answers.car", "--ttl", "30d"], { env: other() });
    const taken = openCache({ directory: inHome("other-cache") });
    const cid = taken.key({ a: 1 });
    const found = await taken.get(cid, { tenant: "ann", namespace: "n/1" });
    expect(found?.value).toEqual(["of ann"]);
    expect((found?.expiresAt ?? 0) - (found?.storedAt ?? 0)).toBe(30 * 86_400_000);
    expect(await taken.get(cid)).toBeUndefined();
    await taken.close();
  });

  it("that are none are no file", async () => {
    const run = await home.acc(["cache", "export", "answers.car"]);
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("(NOTHING_KEPT)")]);
    expect(readdirSync(home.path)).not.toContain("answers.car");
  });
});

describe("recordings", () => {
  const request = { model: "m", image: new Uint8Array([1, 2]), messages: [{ text: "Grüße" }] };

  async function record(folder: string): Promise<string> {
    const cache = recordings({ folder, mode: "record" });
    const cid = cache.key(request);
    await cache.set(cid, [{ text: "an answer of some length" }]);
    await cache.close();
    return cid;
  }

  it("go as a request and an answer under their CIDs, and come back as the same files", async () => {
    const cid = await record(inHome("answers"));
    const run = await home.acc(["cache", "export", "a.car", "--from", "answers", "--json"]);
    expect(JSON.parse(run.stdout)).toEqual({ file: "a.car", answers: 1, requests: 1 });
    const blocks = await blocksOf(inHome("a.car"));
    expect(blocks.size).toBe(3);
    expect(blocks.get(cid)).toEqual([KEY_VERSION, request]);
    await home.acc(["cache", "import", "a.car", "--to", "copied"]);
    expect(readdirSync(inHome("copied"))).toEqual([`${cid}.json`]);
    expect(readFileSync(join(inHome("copied"), `${cid}.json`))).toEqual(
      readFileSync(join(inHome("answers"), `${cid}.json`)),
    );
  });

  it("also become answers of the machine's cache", async () => {
    const cid = await record(inHome("answers"));
    await home.acc(["cache", "export", "a.car", "--from", "answers"]);
    await home.acc(["cache", "import", "a.car"], { env: other() });
    const cache = openCache({ directory: inHome("other-cache") });
    expect((await cache.get(cid))?.value).toEqual([{ text: "an answer of some length" }]);
    await cache.close();
  });

  it.each([
    ["an answer", "an answer of some"],
    ["a request", "Grüße"],
    ["the list of them", "acc-answers"],
  ])("of a file with other bytes in %s are not taken, none of them", async (_what, text) => {
    await record(inHome("answers"));
    await home.acc(["cache", "export", "a.car", "--from", "answers"]);
    damage(inHome("a.car"), text);
    const run = await home.acc(["cache", "import", "a.car", "--to", "copied"]);
    expect([run.code, run.stderr]).toEqual([
      1,
      expect.stringMatching(/holds other bytes than bafy/),
    ]);
    expect(readdirSync(home.path)).not.toContain("copied");
  });
});

describe("a file that is none of ours", () => {
  const take = () => home.acc(["cache", "import", "x.car"], { env: other() });

  async function write(value: unknown, more: readonly unknown[] = []): Promise<void> {
    const blocks = await Promise.all(
      [value, ...more].map(async (one) => {
        const bytes = encode(one);
        return { cid: CID.createV1(0x71, await sha256.digest(bytes)), bytes };
      }),
    );
    const { writer, out } = CarWriter.create(blocks.slice(0, 1).map(({ cid }) => cid));
    const chunks: Uint8Array[] = [];
    const collected = (async () => {
      for await (const chunk of out) chunks.push(chunk);
    })();
    for (const block of blocks) await writer.put(block);
    await writer.close();
    await collected;
    writeFileSync(inHome("x.car"), Buffer.concat(chunks));
  }

  it("of other blocks is refused", async () => {
    await write({ a: 1 });
    expect(await take()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("(CAR_FOREIGN)"),
    });
  });

  it("of a later version says to update", async () => {
    await write({ format: "acc-answers", version: 2, answers: [] });
    expect(await take()).toMatchObject({ code: 1, stderr: expect.stringContaining("update acc") });
  });

  it("that lacks an answer is refused", async () => {
    const gone = CID.createV1(0x71, await sha256.digest(encode("gone")));
    await write({
      format: "acc-answers",
      version: 1,
      answers: [{ request: gone, response: gone }],
    });
    expect(await take()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("lacks the block"),
    });
  });

  it.each([["no CAR at all"], [""]])("with %j in it is refused", async (text) => {
    writeFileSync(inHome("x.car"), text);
    expect(await take()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("(CAR_DAMAGED)"),
    });
  });

  it("that is cut off is refused", async () => {
    await ask("one");
    await home.acc(["cache", "export", "x.car"]);
    const bytes = readFileSync(inHome("x.car"));
    writeFileSync(inHome("x.car"), bytes.subarray(0, bytes.length - 20));
    expect(await take()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("(CAR_DAMAGED)"),
    });
  });

  it("that is not there is told so", async () => {
    expect(await take()).toMatchObject({ code: 2, stderr: expect.stringContaining("ENOENT") });
  });
});

import { hash } from "node:crypto";
import fs, { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { filesStore } from "../src/index.ts";
import { openTestCache, temporaryFolder } from "./support/temporary.ts";

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const failing = (code: string) => Object.assign(new Error(code), { code, syscall: "open" });

async function filled(tenant = "acme") {
  const directory = temporaryFolder();
  const cache = openTestCache({ store: [filesStore({ directory })] });
  const cid = cache.key({ a: 1 });
  await cache.set(cid, "answer", { tenant });
  const entries = join(directory, "files", "entries");
  return { cache, cid, directory, entries };
}

// npm/cacache#261: with too few file descriptors a folder cannot be listed
test.each(["EMFILE", "EACCES", "EIO"])(
  "a clear that cannot list a folder (%s) says so, and has cleared nothing that it says is gone",
  async (code) => {
    const { cache, cid } = await filled();
    vi.spyOn(fs, "readdirSync").mockImplementation(() => {
      throw failing(code);
    });
    syncBuiltinESMExports();
    await expect(cache.clear()).rejects.toMatchObject({ code: "NOT_REMOVED", failed: ["files"] });
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    expect(await cache.get(cid, { tenant: "acme" })).toMatchObject({ value: "answer" });
    expect(await cache.clear({ tenant: "acme" })).toBe(1);
  },
);

test("an entry that cannot be read goes with all, and is told where a tenant's are to go", async () => {
  const { cache, cid } = await filled();
  const open = fs.openSync;
  vi.spyOn(fs, "openSync").mockImplementation((path, ...rest) => {
    if (String(path).includes("/entries/")) throw failing("EACCES");
    return open(path, ...rest);
  });
  syncBuiltinESMExports();
  await expect(cache.clear({ tenant: "acme" })).rejects.toMatchObject({ code: "NOT_REMOVED" });
  expect(await cache.prune()).toEqual({ expired: 0, evicted: 0 });
  expect(await cache.clear()).toBe(1);
  expect(await cache.get(cid, { tenant: "acme" })).toBeUndefined();
});

// zkat/cacache#93: a look by macOS's Finder leaves a file in each folder
test("files and folders of others are in nobody's way", async () => {
  const { cache, cid, entries } = await filled();
  writeFileSync(join(entries, ".DS_Store"), "");
  mkdirSync(join(entries, "zz", "a folder"), { recursive: true });
  for (const each of [cache.stats(), cache.verify(), cache.prune()]) await each;
  expect(await cache.get(cid, { tenant: "acme" })).toMatchObject({ value: "answer" });
  expect(await cache.clear()).toBe(1);
  expect((await cache.stats()).session.errors).toBe(0);
});

// By recorded input: Windows lets no file take the place of one that another process has open.
test("a list of notes that cannot be begun anew keeps no delete from being made", async () => {
  const { cache, cid, directory } = await filled();
  const notes = join(directory, "files", "notes");
  await cache.delete(cid);
  writeFileSync(notes, `${"x".repeat(1023)}\n`.repeat(2100), { flag: "a" });
  vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (String(to) === notes) throw failing("EPERM");
    renameSync(from, to);
  });
  syncBuiltinESMExports();
  expect(await cache.delete(cid, { tenant: "acme" })).toBe(true);
  expect(readdirSync(join(directory, "files", "tmp"))).toEqual([]);
});

test("a line of the counts that holds none counts for nothing", async () => {
  const { cache, directory } = await filled();
  await cache.stats();
  const lines = ["null", "[1]", '"text"', '{"stores":"7"}', '{"stores":1'];
  writeFileSync(join(directory, "files", "counters"), `${lines.join("\n")}\n`, { flag: "a" });
  expect((await cache.stats()).total.stores).toBe(1);
});

test("a lease that is none keeps nobody waiting for long", async () => {
  const texts = ["null", "5", "{}", '{"token":"../../x","deadline":9e15,"owner":{}}', ""];
  const values = texts.map(async (text) => {
    const { cache, cid, directory } = await filled();
    await cache.getOrCompute(cid, async () => "other", { tenant: "other" });
    const name = hash("sha256", cid).slice(0, 40);
    writeFileSync(join(directory, "files", "leases", name), text);
    return (await cache.getOrCompute(cid, async () => "answer")).value;
  });
  expect(await Promise.all(values)).toEqual(texts.map(() => "answer"));
});

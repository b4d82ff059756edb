import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { CacheError, type CacheEvent, filesStore, openCache } from "../src/index.ts";
import { cacheDirectory } from "../src/store/directory.ts";
import { sweepTemporary, temporaryPath } from "../src/store/files/temporary.ts";
import { temporaryFolder } from "./support/temporary.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const isRoot = process.geteuid?.() === 0;

async function codesOf(directory: string): Promise<unknown[]> {
  const codes: unknown[] = [];
  const onEvent = (event: CacheEvent) => {
    if (event.type === "error" && CacheError.is(event.error)) codes.push(event.error.code);
  };
  const cache = openCache({ store: [filesStore({ directory })], onEvent });
  const cid = cache.key({ a: 1 });
  expect(await cache.get(cid)).toBeUndefined();
  expect(await cache.set(cid, 1)).toBe(false);
  return codes;
}

test("a relative ACC_CACHE_DIR is refused with the reason", () => {
  vi.stubEnv("ACC_CACHE_DIR", ".acc-cache");
  expect(() => cacheDirectory()).toThrow(/ACC_CACHE_DIR is "\.acc-cache"; it must be an absolute/);
  expect(() => openCache()).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});

// oven-sh/bun#34629
test.skipIf(process.platform !== "linux")("an empty HOME, or one that is no path, is none", () => {
  for (const name of ["ACC_CACHE_DIR", "XDG_CACHE_HOME"]) vi.stubEnv(name, "");
  for (const home of ["", "here"]) {
    vi.stubEnv("HOME", home);
    expect(cacheDirectory()).toBe(join(userInfo().homedir, ".cache", "acc"));
  }
});

// libuv/libuv#810: a user without an entry, as containers have them
test.skipIf(!isRoot || process.platform !== "linux")(
  "a user without a home has a folder of their own",
  () => {
    for (const name of ["ACC_CACHE_DIR", "XDG_CACHE_HOME", "HOME"]) vi.stubEnv(name, undefined);
    process.seteuid?.(54_321);
    try {
      expect(cacheDirectory()).toBe(join(tmpdir(), "acc-cache-54321"));
    } finally {
      process.seteuid?.(0);
    }
  },
);

test("a relative directory is made absolute where it is given", async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(first);
  const cache = openCache({ store: [filesStore({ directory: "here" })] });
  cwd.mockReturnValue(second);
  await cache.set(cache.key({ a: 1 }), 1);
  expect([existsSync(join(first, "here")), existsSync(join(second, "here"))]).toEqual([
    true,
    false,
  ]);
});

test.skipIf(process.platform === "win32")(
  "a folder that others may write to is refused",
  async () => {
    for (const mode of [0o777, 0o770, 0o722]) {
      const directory = join(temporaryFolder(), "cache");
      mkdirSync(directory);
      chmodSync(directory, mode);
      expect(await codesOf(directory)).toEqual(["UNSAFE_PERMISSIONS", "UNSAFE_PERMISSIONS"]);
      expect(readdirSync(directory)).toEqual([]);
      chmodSync(directory, 0o755);
      expect((await openCache({ store: [filesStore({ directory })] }).stats()).session.errors).toBe(
        0,
      );
    }
  },
);

test.skipIf(!isRoot)("a folder of another user is refused, and one within", async () => {
  const outer = join(temporaryFolder(), "cache");
  mkdirSync(outer, { mode: 0o700 });
  chownSync(outer, 65_534, 65_534);
  expect(await codesOf(outer)).toEqual(["WRONG_OWNER", "WRONG_OWNER"]);
  chownSync(outer, 0, 0);
  mkdirSync(join(outer, "files"), { mode: 0o700 });
  chownSync(join(outer, "files"), 65_534, 65_534);
  expect(await codesOf(outer)).toEqual(["WRONG_OWNER", "WRONG_OWNER"]);
});

// HarperFast/harper#519
test("names of temporary files are unique, and only what is provably dead is swept", () => {
  const folder = temporaryFolder();
  const own = temporaryPath(folder);
  expect(temporaryPath(folder)).not.toBe(own);
  const dead = own.replace(/\/\d+-\d+-/, "/999999999-1-");
  const elsewhere = own.replace(/-[0-9a-f]{16}-/, "-0123456789abcdef-");
  const old = join(folder, "12345.lw3k2j.1");
  for (const path of [own, dead, elsewhere, old]) writeFileSync(path, "");
  sweepTemporary(folder);
  const left = () => [own, dead, elsewhere, old].map((path) => existsSync(path));
  expect(left()).toEqual([true, false, true, true]);
  // By this machine's clock they are a year old; nothing else there is newer.
  const year = new Date(Date.now() - 365 * 24 * 3_600_000);
  for (const path of [own, elsewhere, old, folder]) utimesSync(path, year, year);
  sweepTemporary(folder);
  expect(left()).toEqual([true, false, true, true]);
  writeFileSync(temporaryPath(folder), "");
  sweepTemporary(folder);
  expect(left()).toEqual([true, false, false, false]);
});

test.each(["tmp", "entries"])(
  "a set goes on when another deleted the folder files/%s",
  async (name) => {
    const directory = join(temporaryFolder(), "cache");
    const cache = openCache({ store: filesStore({ directory }), memoryBytes: 0 });
    const cid = cache.key({ a: 1 });
    await cache.set(cid, "before");
    rmSync(join(directory, "files", name), { recursive: true });
    expect(await cache.set(cid, "after")).toBe(true);
    expect((await cache.get(cid))?.value).toBe("after");
    expect((await cache.stats()).session.errors).toBe(0);
    await cache.close();
  },
);

// denoland/deno_docker#446, 8gears/n8n-helm-chart#65: a root file system that may only be read
test.skipIf(!isRoot)("a folder that can only be read gives what it holds", async () => {
  const directory = join(temporaryFolder(), "cache");
  const writer = openCache({ store: [filesStore({ directory })] });
  const cid = writer.key({ a: 1 });
  await writer.set(cid, "kept");
  await writer.close();
  for (const name of ["notes", "format", "counters"])
    rmSync(join(directory, "files", name), { force: true });
  const user = 54_321;
  chmodSync(dirname(directory), 0o755);
  for (const path of [
    directory,
    ...readdirSync(directory, { recursive: true }).map((name) => join(directory, String(name))),
  ]) {
    chownSync(path, user, user);
    chmodSync(path, statSync(path).isDirectory() ? 0o500 : 0o400);
  }
  const errors: string[] = [];
  process.seteuid?.(user);
  try {
    const cache = openCache({
      store: filesStore({ directory }),
      onEvent: (event) => event.type === "error" && errors.push(event.operation),
    });
    expect((await cache.get(cid))?.tier).toBe("files");
    expect((await cache.get(cid))?.tier).toBe("memory");
    expect(errors).toEqual([]);
    await expect(async () => cache.delete(cid)).rejects.toMatchObject({ code: "NOT_REMOVED" });
  } finally {
    process.seteuid?.(0);
  }
});

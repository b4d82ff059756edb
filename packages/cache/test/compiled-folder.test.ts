import { chmodSync, chownSync, mkdirSync, realpathSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { madeCompiledFolder, ownCompiledFolder } from "../src/directory.ts";
import { temporaryFolder } from "./support/temporary.ts";

const isRoot = process.geteuid?.() === 0;
let root: string;
const cache = () => join(root, "around", "cache");

beforeEach(() => {
  root = realpathSync(temporaryFolder());
  mkdirSync(cache(), { recursive: true, mode: 0o755 });
  vi.stubEnv("ACC_CACHE_DIR", cache());
  vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", undefined);
});
afterEach(() => void vi.unstubAllEnvs());

/** What either says of a folder that is there. */
function told(): readonly unknown[] {
  return [madeCompiledFolder, ownCompiledFolder].map((of) => {
    try {
      return of();
    } catch (error) {
      return (error as Error).message;
    }
  });
}

const both = (word: string) => [word, word];

describe.skipIf(process.platform === "win32")("the folder for compiled code", () => {
  it("is made, where nobody else can put another in its place", () => {
    expect(() => ownCompiledFolder()).toThrow();
    expect(told()).toEqual(both(join(cache(), "compiled")));
  });

  it.each([
    ["a folder that the cache lies in", "around", 0o777],
    ["one of its group's", "around", 0o775],
    ["one further up", ".", 0o777],
    ["the cache's", "around/cache", 0o777],
    ["the cache's, sticky or not", "around/cache", 0o1777],
    ["its own", "around/cache/compiled", 0o775],
  ])("is none where others can write to %s", (_, name, mode) => {
    mkdirSync(join(cache(), "compiled"), { mode: 0o700 });
    chmodSync(join(root, name), mode);
    expect(told()).toEqual(both("Others can write to the folder."));
  });

  it("may lie in a folder in which each moves what is their own, as /tmp", () => {
    chmodSync(join(root, "around"), 0o1777);
    expect(told()).toEqual(both(join(cache(), "compiled")));
  });

  it.runIf(isRoot).each(["around", "around/cache"])("is none where %s is another's", (name) => {
    chownSync(join(root, name), 54_321, 54_321);
    expect(told()).toEqual(both("Others can write to the folder."));
  });

  it("is told by its real path, where a link leads there", () => {
    const real = join(root, "real");
    renameSync(join(root, "around"), real);
    symlinkSync(real, join(root, "around"));
    expect(told()).toEqual(both(join(real, "cache", "compiled")));
  });

  it("is none where a link leads to what others can move", () => {
    const open = join(root, "open");
    mkdirSync(join(open, "cache"), { recursive: true, mode: 0o755 });
    chmodSync(open, 0o777);
    symlinkSync(join(open, "cache"), join(root, "link"));
    vi.stubEnv("ACC_CACHE_DIR", join(root, "link"));
    expect(told()).toEqual(both("Others can write to the folder."));
  });

  it("is none where it is relative, or the caller wants none", () => {
    vi.stubEnv("ACC_CACHE_DIR", "cache");
    expect(told()[1]).toContain("it must be an absolute path");
    vi.stubEnv("ACC_CACHE_DIR", cache());
    vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", "1");
    expect(told()).toEqual(both("Nothing is to be kept."));
  });
});

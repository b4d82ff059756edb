import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everyNode } from "../../../test/node-versions/node-binary.ts";
import { type AccHome, accMain, emptyHome } from "./acc.ts";

let home: AccHome;
let cache: string;
beforeEach(async () => {
  home = await emptyHome();
  cache = join(home.path, "cache");
});
afterEach(() => home.remove());

describe.each(everyNode())("with %s", (_, node) => {
  function start(more: Record<string, string> = {}): string {
    const env = { HOME: home.path, ACC_CACHE_DIR: cache, ...more };
    return execFileSync(node, [accMain, "config", "explain", "--json"], { env, encoding: "utf8" });
  }

  /** The one file with compiled code, after a start. */
  async function startAndKeep(): Promise<string> {
    start();
    const [name = "", ...others] = await readdir(join(cache, "compiled"));
    expect(others).toEqual([]);
    return join(cache, "compiled", name);
  }

  it("keeps the compiled code beside the answers, for this user alone", async () => {
    const kept = await startAndKeep();
    expect((await stat(join(cache, "compiled"))).mode & 0o777).toBe(0o700);
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
  });

  it("takes what is kept, and does not write it anew", async () => {
    const kept = await startAndKeep();
    const { mtimeMs, ino } = await stat(kept);
    const said = start();
    expect(JSON.parse(said)).toBeTypeOf("object");
    expect(await stat(kept)).toMatchObject({ mtimeMs, ino });
    expect(start({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe(said);
  });

  it.each([
    ["cut", (path: string) => truncate(path, 1000)],
    ["empty", (path: string) => truncate(path, 0)],
    ["changed in one byte", flipAByte],
  ])("starts as ever where what is kept is %s, and mends it", async (_damage, damage) => {
    const kept = await startAndKeep();
    const before = await readFile(kept);
    await damage(kept);
    const damaged = await readFile(kept);
    expect(JSON.parse(start())).toBeTypeOf("object");
    const after = await readFile(kept);
    expect(after.equals(damaged)).toBe(false);
    expect(after.length).toBeGreaterThan(before.length / 2);
  });
});

describe("nothing is kept, and the start is as ever,", () => {
  const quiet = { code: 0, stderr: "" };
  const start = (env: Record<string, string> = {}) =>
    home.acc(["config", "explain"], { env: { ACC_CACHE_DIR: cache, ...env } });

  it("where it is told not to", async () => {
    expect(await start({ NODE_DISABLE_COMPILE_CACHE: "1" })).toMatchObject(quiet);
    expect(await readdir(home.path)).toEqual([]);
  });

  it("where a file is in the way", async () => {
    await mkdir(cache, { mode: 0o700 });
    await writeFile(join(cache, "compiled"), "");
    expect(await start()).toMatchObject(quiet);
  });

  it.each([
    ["the cache's folder", "."],
    ["its own", "compiled"],
  ])("where others may write to %s folder", async (_, folder) => {
    await mkdir(join(cache, "compiled"), { recursive: true, mode: 0o700 });
    await chmod(join(cache, folder), 0o777);
    expect(await start()).toMatchObject(quiet);
    expect(await readdir(join(cache, "compiled"))).toEqual([]);
  });

  it("where the command failed", async () => {
    expect((await home.acc(["confg"], { env: { ACC_CACHE_DIR: cache } })).code).toBe(2);
    expect(await readdir(home.path)).toEqual([]);
  });
});

it.skipIf(process.platform === "win32")("takes no code that others may have written", async () => {
  const env = { ACC_CACHE_DIR: cache };
  await home.acc(["config", "explain"], { env });
  const [name = ""] = await readdir(join(cache, "compiled"));
  const file = join(cache, "compiled", name);
  await chmod(file, 0o666);
  expect((await home.acc(["config", "explain"], { env })).code).toBe(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("keeps of each command what it has compiled", async () => {
  const env = { ACC_CACHE_DIR: cache };
  for (const word of ["config", "models"]) await home.acc([word], { env });
  const names = await readdir(join(cache, "compiled"));
  expect(names.map((name) => name.split("-")[0]).sort()).toEqual(["config", "models"]);
});

async function flipAByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

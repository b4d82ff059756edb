import { execFileSync } from "node:child_process";
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { everyNode } from "../../../test/node-versions/node-binary.ts";
import { accMain } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();
let cache: string;
beforeEach(async () => {
  cache = join(home.path, "cache");
});

describe.each(everyNode())("with %s", (_, node) => {
  function start(more: Record<string, string> = {}): string {
    const env = { HOME: home.path, ACC_CACHE_DIR: cache, ...more };
    return execFileSync(node, [accMain, "config", "explain", "--json"], { env, encoding: "utf8" });
  }

  const keyFile = () => join(home.path, ".local/state/acc/compiled-code.key");

  /** The program's compiled code, after a start. */
  async function startAndKeep(): Promise<string> {
    start();
    return keptOf("run-program");
  }

  it("keeps the compiled code of each file that the command has loaded", async () => {
    start();
    const names = (await readdir(join(cache, "compiled"))).sort();
    expect(names.map((name) => /^config-(.*)-v\d/.exec(name)?.[1])).toEqual([
      "rare-file",
      "run-program",
    ]);
    const before = await stat(await keptOf("rare-file"));
    start();
    expect((await stat(await keptOf("rare-file"))).ino).toBe(before.ino);
  });

  it("keeps the compiled code beside the answers, for this user alone", async () => {
    const kept = await startAndKeep();
    expect((await stat(join(cache, "compiled"))).mode & 0o777).toBe(0o700);
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
  });

  it("seals it with a key that is nowhere near, and this user's alone", async () => {
    await startAndKeep();
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(keyFile()))).mode & 0o777).toBe(0o700);
    expect((await readdir(cache, { recursive: true })).join()).not.toContain(".key");
  });

  it("runs nothing that another wrote, however well it is made", async () => {
    const kept = await startAndKeep();
    const marker = join(home.path, "ran");
    await plant(kept, marker, node);
    expect(start()).toContain("{");
    expect(await readdir(home.path)).not.toContain("ran");
  });

  it.each([
    ["is gone", (path: string) => rm(path)],
    ["can be read by others", (path: string) => chmod(path, 0o644)],
    [
      "came here with other files",
      async (path: string) => {
        await cp(path, `${path}.copy`);
        await rename(`${path}.copy`, path);
      },
    ],
  ])("takes nothing where its key %s", async (_, harm) => {
    const { ino } = await stat(await startAndKeep());
    await harm(keyFile());
    expect(JSON.parse(start())).toBeTypeOf("object");
    const after = await stat(await keptOf("run-program"));
    if (((await stat(keyFile())).mode & 0o077) === 0) expect(after.ino).not.toBe(ino);
    else expect(after.ino).toBe(ino);
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
  ])("starts as ever where what is kept is %s, and repairs it", async (_damage, damage) => {
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

  it("where its folder would be the working folder's", async () => {
    await start({ ACC_CACHE_DIR: "cache" });
    await start({ ACC_CACHE_DIR: "", HOME: "." });
    const names = await readdir(home.path, { recursive: true });
    expect(names.filter((name) => /compiled|\.local/.test(name))).toEqual([]);
  });

  it("where the key would lie in the cache", async () => {
    const state = { XDG_STATE_HOME: join(cache, "compiled") };
    expect(await start(state)).toMatchObject(quiet);
    expect(await readdir(join(cache, "compiled"))).toEqual(["acc"]);
    expect(await readdir(join(cache, "compiled", "acc"))).toEqual([]);
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
  const file = await keptOf("run-program");
  await chmod(file, 0o666);
  expect((await home.acc(["config", "explain"], { env })).code).toBe(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("keeps of each command what it has compiled", async () => {
  const env = { ACC_CACHE_DIR: cache };
  for (const word of ["config", "models"]) await home.acc([word], { env });
  const names = await readdir(join(cache, "compiled"));
  expect(new Set(names.map((name) => name.split("-")[0]))).toEqual(new Set(["config", "models"]));
});

/** The one file with the compiled code of that part of the program. */
async function keptOf(part: string): Promise<string> {
  const names = (await readdir(join(cache, "compiled"))).filter((name) => name.includes(part));
  expect(names).toHaveLength(1);
  return join(cache, "compiled", names.join());
}

/** Another program's compiled code in the place of ours, with a seal such as anybody can make. */
async function plant(kept: string, marker: string, node: string): Promise<void> {
  const script = `
    const { Script } = require("node:vm");
    const { createHash } = require("node:crypto");
    const { readFileSync, writeFileSync } = require("node:fs");
    const [kept, path, marker] = process.argv.slice(1);
    const bytes = readFileSync(path);
    const evil = "(function () { process.getBuiltinModule('node:fs').writeFileSync('" + marker + "', ''); })";
    const script = new Script(evil.padEnd(bytes.toString().length), { filename: path });
    const run = script.runInThisContext();
    process.getBuiltinModule = () => ({ writeFileSync() {} });
    run();
    const compiled = script.createCachedData();
    const hash = createHash("sha256").update(path).update(bytes).update(compiled).digest();
    writeFileSync(kept, Buffer.concat([hash, compiled]));`;
  const program = join(dirname(accMain), "run-program.cjs");
  execFileSync(node, ["-e", script, kept, program, marker]);
}

async function flipAByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

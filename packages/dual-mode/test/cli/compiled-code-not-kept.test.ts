import fs, { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import {
  all,
  at,
  contextOf,
  names,
  node,
  pathWith,
  program,
  run,
  scene,
} from "./compiled-scene.ts";

describe.runIf(node)("with a Node.js that keeps it", () => {
  it.each<readonly [string, () => void]>([
    ["others may write to the folder", () => chmodSync(at("cache"), 0o777)],
    ["its group may", () => chmodSync(at("cache"), 0o775)],
    ["others may put another cache in its place", () => chmodSync(scene.folder, 0o777)],
    ["the folder cannot be made", () => vi.stubEnv("ACC_CACHE_DIR", "/sys/acc-cache")],
    ["the key cannot be made", () => vi.stubEnv("XDG_STATE_HOME", "/sys/acc-state")],
    ["the folder can only be read", refuseWrites],
    ["a file is in the way", () => writeFileSync(join(all()), "")],
    ["the caller wants none", () => vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", "1")],
    ["the folder is relative", () => vi.stubEnv("ACC_CACHE_DIR", "cache")],
    ["the key would lie in the cache", () => vi.stubEnv("XDG_STATE_HOME", all())],
  ])("nothing is kept, and the run is as ever, where %s", async (_, prepare) => {
    onTestFinished(allowWrites);
    mkdirSync(at("cache"), { mode: 0o700 });
    prepare();
    const env = { PATH: pathWith(22), ...disabled() };
    // Nor has Node.js anything to write: the run is given no folder.
    for (const _round of [1, 2]) expect(await run({ env })).toEqual({ accepted: 0 });
    const left = readdirSync(at("cache"), { recursive: true, encoding: "utf8" });
    expect(left.filter((path) => /cli-|unfinished/.test(path))).toEqual([]);
  });

  it("is not kept of a run that failed or was ended", async () => {
    const plan = { args: [], stdin: "hi\n", dialogue: true, keepsCompiledCode: true };
    const ended = runCommand(contextOf(), () => plan);
    for await (const _line of ended.lines) break;
    expect(names()).toEqual([]);
  });

  it("is not kept where it is more than 32 MiB", async () => {
    const text = "x".repeat(1024 * 1024);
    const data = Array.from({ length: 40 }, (_, at) => `export const t${at} = "${at}${text}";`);
    data.push('export const answer = () => "heard hi";');
    writeFileSync(at("tool", "answer.mjs"), data.join("\n"));
    await run();
    expect(names()).toEqual([]);
  });

  it("is not kept where not all of it could be written: nodejs/node#65473", async () => {
    const leaves = `import { mkdirSync, writeFileSync } from "node:fs";
const folder = process.env.NODE_COMPILE_CACHE + "/v24.15.0-x64-cf738c9d-1000";
mkdirSync(folder, { recursive: true });
writeFileSync(folder + "/712488c2.LuhsmB", "half");\n`;
    writeFileSync(at("tool", "cli.mjs"), program.replace("\nimport", `\n${leaves}import`));
    expect(await run()).toMatchObject({ accepted: 0 });
    expect(names()).toEqual([]);
  });
});

function disabled(): Record<string, string> {
  const { NODE_DISABLE_COMPILE_CACHE: value } = process.env;
  return value === undefined ? {} : { NODE_DISABLE_COMPILE_CACHE: value };
}

/** As on a file system that is mounted to be read: root can write to any other. */
function refuseWrites(): void {
  const { accessSync } = fs;
  vi.spyOn(fs, "accessSync").mockImplementation((path, mode) => {
    if (path === all()) throw new Error("EROFS: read-only file system");
    accessSync(path, mode);
  });
  syncBuiltinESMExports();
}

function allowWrites(): void {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
}

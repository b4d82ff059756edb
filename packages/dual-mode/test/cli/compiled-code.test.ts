import fs, {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { dropStandbysOf, waitingFor } from "../../src/cli/standby/pool.ts";
import {
  all,
  at,
  contextOf,
  kept,
  keyFile,
  names,
  node,
  pathWith,
  program,
  run,
  scene,
} from "./compiled-scene.ts";

const owner = {};

function changedAt(folder: string): bigint | undefined {
  return statSync(folder, { bigint: true, throwIfNoEntry: false })?.ctimeNs;
}

function someFile(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = paths.find((path) => path.includes("/"));
  return join(folder, found ?? "");
}

describe.runIf(node)("with a Node.js that keeps it", () => {
  it("is kept by the first run for all that follow, for this user alone", async () => {
    const first = await run();
    expect(first).toMatchObject({ accepted: 0, cache: expect.stringContaining(scene.temp) });
    const [name = "", ...others] = names();
    expect(others).toEqual([]);
    expect(await run()).toEqual({ cache: join(all(), name), accepted: 2 });
    expect(await run()).toEqual({ cache: join(all(), name), accepted: 2 });
    for (const path of [all(), join(all(), name)]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(someFile(join(all(), name))).mode & 0o777).toBe(0o600);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it.each<readonly [string, (folder: string) => void]>([
    ["one file was altered", (folder) => appendFileSync(someFile(folder), "x")],
    [
      "one file was altered, and its time set back",
      (folder) => {
        const file = someFile(folder);
        const { atime, mtime } = statSync(file);
        const bytes = readFileSync(file);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(file, bytes);
        utimesSync(file, atime, mtime);
      },
    ],
    ["one file is gone", (folder) => rmSync(someFile(folder))],
    [
      "one file is a link to another place",
      (folder) => {
        const file = someFile(folder);
        cpSync(file, at("outside"));
        rmSync(file);
        symlinkSync(at("outside"), file);
      },
    ],
    ["the seal is gone", (folder) => rmSync(join(folder, "seal.json"))],
    ["the seal is not JSON", (folder) => writeFileSync(join(folder, "seal.json"), "{")],
    ["others may look into the folder", (folder) => chmodSync(folder, 0o755)],
  ])("is not used, and removed, where %s", async (_, harm) => {
    const folder = await kept();
    harm(folder);
    const altered = changedAt(folder);
    expect(await run()).toMatchObject({
      accepted: 0,
      cache: expect.stringContaining(scene.temp),
    });
    expect(changedAt(folder)).not.toBe(altered);
  });

  it.each<readonly [string, () => void, boolean]>([
    ["is gone", () => rmSync(keyFile()), true],
    ["can be read by others", () => chmodSync(keyFile(), 0o644), false],
    [
      "came here with other files",
      () => {
        cpSync(keyFile(), `${keyFile()}.copy`);
        renameSync(`${keyFile()}.copy`, keyFile());
      },
      true,
    ],
  ])("is not used where its key %s", async (_, harm, isKeptAnew) => {
    const folder = await kept();
    harm();
    const { cache, accepted } = await run();
    expect({ accepted, isGiven: cache !== undefined }).toEqual({
      accepted: 0,
      isGiven: isKeptAnew,
    });
    const anew = names().filter((name) => join(all(), name) !== folder);
    expect(anew).toHaveLength(isKeptAnew ? 1 : 0);
  });

  it("is not used where another program has put it there, however well it is made", async () => {
    const folder = await kept();
    rmSync(folder, { recursive: true });
    await run();
    const planted = at("planted");
    cpSync(folder, planted, { recursive: true });
    appendFileSync(someFile(planted), "x");
    rmSync(folder, { recursive: true });
    renameSync(planted, folder);
    expect(await run()).toMatchObject({ accepted: 0 });
  });

  it("what came to it since is removed before the next run", async () => {
    const folder = await kept();
    const more = join(dirname(someFile(folder)), "more");
    writeFileSync(more, "of another");
    symlinkSync(scene.folder, join(folder, "link"));
    expect(await run()).toEqual({ cache: folder, accepted: 2 });
    expect(existsSync(more) || existsSync(join(folder, "link"))).toBe(false);
    expect(existsSync(at("tool", "cli.mjs"))).toBe(true);
  });

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

  it("what the caller sets stands", async () => {
    const cliEnv = { NODE_COMPILE_CACHE: at("own") };
    expect(await run({ cliEnv })).toMatchObject({ cache: at("own") });
    expect(names()).toEqual([]);
  });

  it("goes with its version, and each of three Node.js has its own", async () => {
    await run();
    const [older = ""] = names();
    await run({ version: "2.0.0" });
    const [newer = "", ...others] = names();
    expect({ others, isOther: newer !== older }).toEqual({ others: [], isOther: true });
    for (const line of [24, 26] as const) {
      await run({ version: "2.0.0", env: { PATH: pathWith(line) } });
    }
    expect(names()).toHaveLength(3);
    expect(await run({ version: "2.0.0" })).toMatchObject({ accepted: 2 });
  });

  it("goes where the command's file is another", async () => {
    const folder = await kept();
    writeFileSync(at("tool", "cli.mjs"), `${program}// newer\n`);
    await run();
    expect(names()).toHaveLength(1);
    expect(existsSync(folder)).toBe(false);
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

  it("runs at once keep one, and so does the next where that has gone", async () => {
    await Promise.all([run(), run(), run()]);
    expect(names()).toHaveLength(1);
    expect(await run()).toMatchObject({ accepted: 2 });
    rmSync(all(), { recursive: true });
    await run();
    expect(await run()).toMatchObject({ accepted: 2 });
  });

  it("is given by its real path, where links lead to it", async () => {
    mkdirSync(at("real"), { mode: 0o700 });
    symlinkSync(at("real"), at("link"));
    vi.stubEnv("ACC_CACHE_DIR", at("link"));
    await run();
    const [name = ""] = readdirSync(at("real", "compiled"));
    expect(await run()).toEqual({ cache: at("real", "compiled", name), accepted: 2 });
  });

  it("the first call of a client with standbys leaves it to the process that waits", async () => {
    const standby = { count: 1, ttl: 60_000, owner, scope: "", secrets: [], claimed: vi.fn() };
    const ask = async () => {
      const plan = { args: [], dialogue: true, expendable: true, keepsCompiledCode: true };
      const { lines, exit, complete } = runCommand(
        contextOf({ standby }),
        () => ({ ...plan, stdin: "hi\n" }),
        { standby: {} },
      );
      const told: string[] = [];
      for await (const line of lines) {
        if (line.startsWith("{")) told.push(JSON.parse(line).cache);
        // Time to end by itself, as the readers of real CLIs give.
        complete(10_000);
      }
      const { exitCode } = await exit;
      return { cache: told[0], exitCode };
    };
    try {
      expect(await ask()).toMatchObject({ exitCode: 0 });
      const [name = ""] = names();
      await vi.waitFor(() => expect(waitingFor(owner)).toBe(1));
      // It was started before there was any, and is given no folder of which nothing would be kept.
      expect((await ask()).cache ?? "").not.toContain(scene.temp);
      await vi.waitFor(() => expect(waitingFor(owner)).toBe(1));
      expect((await ask()).cache).toBe(join(all(), name));
      expect(standby.claimed).toHaveBeenCalled();
    } finally {
      await dropStandbysOf(owner);
    }
  });
});

test("a Node.js that keeps none is run as ever", async () => {
  const can = "enableCompileCache" in (await import("node:module"));
  const context = { env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}` } };
  const { cache } = await run(context);
  expect(cache === undefined).toBe(!can);
  expect(existsSync(at("home"))).toBe(can);
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

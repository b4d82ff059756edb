import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, test, vi } from "vitest";
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
  someFile,
} from "./compiled-scene.ts";

const owner = {};

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

  it("what the caller sets stands", async () => {
    const cliEnv = { NODE_COMPILE_CACHE: at("own") };
    expect(await run({ cliEnv })).toMatchObject({ cache: at("own") });
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
});

test("a Node.js that keeps none is run as ever", async () => {
  const can = "enableCompileCache" in (await import("node:module"));
  const context = { env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}` } };
  const { cache } = await run(context);
  expect(cache === undefined).toBe(!can);
  expect(existsSync(at("home"))).toBe(can);
});

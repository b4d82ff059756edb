import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { readJsonLines } from "../../src/cli/json-lines.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { collect, failureOf, Scene } from "./scene.ts";

const scene = new Scene();

test("stdin is written whole and then closed", async () => {
  const stdin = "ünï\n".repeat(300_000);
  const [line = ""] = await collect(scene.run("dump", { stdin }).lines);
  expect(JSON.parse(line).stdin).toBe(stdin);
});

test("an empty stdin is closed too", async () => {
  const run = scene.run("dump", { args: ["--flag", "$(id)", "a b; c"] });
  const [line = ""] = await collect(run.lines);
  expect(JSON.parse(line)).toMatchObject({ stdin: "", argv: ["--flag", "$(id)", "a b; c"] });
  await expect(run.exit).resolves.toEqual({ exitCode: 0, stderr: "" });
});

test("a command that never reads its stdin is no fault", async () => {
  const run = scene.run("close-stdin", { stdin: "x".repeat(5_000_000) });
  expect(await collect(run.lines)).toEqual(["answered"]);
  await expect(run.exit).resolves.toMatchObject({ exitCode: 0 });
});

test("a dialogue hears what is written to it, until it is complete", async () => {
  const run = scene.run("echo-lines", { stdin: "one\n", dialogue: true });
  const lines: string[] = [];
  for await (const line of run.lines) {
    lines.push(line);
    if (line === "heard one") run.write("two\n");
    if (line === "heard two") run.complete(5_000);
    if (line === "bye") run.write("too late\n");
  }
  expect(lines).toEqual(["heard one", "heard two", "bye"]);
  await expect(run.exit).resolves.toEqual({ exitCode: 0, stderr: "" });
});

test("the working and temp folders are private, new and empty", async () => {
  const [line = ""] = await collect(scene.run("dump").lines);
  const { folder, inFolder, modes, env } = JSON.parse(line);
  expect(folder.startsWith(scene.temp)).toBe(true);
  expect(env.TMPDIR.startsWith(scene.temp)).toBe(true);
  expect(env.HOME.startsWith(scene.temp)).toBe(true);
  expect(new Set([folder, env.TMPDIR, env.HOME]).size).toBe(3);
  expect({ inFolder, modes }).toEqual({ inFolder: [], modes: { folder: "700", temp: "700" } });
});

test("the plan's files are private, outside the working folder, and gone afterwards", async () => {
  let path = "";
  const run = runCommand(scene.context("dump"), async (folder) => {
    path = await folder.write("settings/deep.json", "{}");
    await expect(folder.write("../outside", "")).rejects.toThrow(/outside/);
    return { args: [readFileSync(path, "utf8"), await folder.folder("config")], stdin: "" };
  });
  const [line = ""] = await collect(run.lines);
  const { argv, inFolder } = JSON.parse(line);
  expect(argv).toEqual(["{}", expect.stringMatching(/config$/)]);
  expect(inFolder).toEqual([]);
  expect(() => readFileSync(path)).toThrow(/ENOENT/);
});

test("characters and JSON lines that come byte by byte are put together", async () => {
  const lines = await collect(scene.run("split-bytes").lines);
  expect(lines).toEqual(['{"text":"grüße 👋🏽"}', '{"text":"zwei\\nzeilen"}', "last"]);
});

test("a slow reader loses nothing of a command that has long ended", async () => {
  let count = 0;
  for await (const object of readJsonLines(scene.run("many-lines", { args: ["5000"] }).lines)) {
    expect(object.line).toBe(count);
    count += 1;
    if (count % 500 === 0) {
      await delay(100);
    }
  }
  expect(count).toBe(5000);
});

test("an answer is whole though the command ends at once and the host is busy", async () => {
  const lines = scene.run("exit-at-once", { args: ["200"] }).lines;
  const busy = setInterval(() => {
    const end = performance.now() + 150;
    while (performance.now() < end);
  }, 160);
  const numbers = (await collect(readJsonLines(lines))).map(({ line }) => line);
  clearInterval(busy);
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index));
});

test("a flood is ended also while nobody takes its lines", async () => {
  const plan = { args: [join(scene.folder, "progress")], maxOutputBytes: 1_000_000 };
  const run = scene.run("flood", plan);
  const lines = run.lines[Symbol.asyncIterator]();
  await lines.next();
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGTERM" });
  await expect(lines.next()).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
});

test("an abort is heard while the lines of a long output are worked on", async () => {
  const controller = new AbortController();
  const run = scene.run("exit-at-once", { args: ["500"] }, { signal: controller.signal });
  setTimeout(() => controller.abort(), 1000);
  let count = 0;
  const loop = async () => {
    for await (const _ of run.lines) {
      count += 1;
      if (count === 1) await run.exit;
      const end = performance.now() + 10;
      while (performance.now() < end);
    }
  };
  await expect(loop()).rejects.toMatchObject({ code: "ABORTED" });
  expect(count).toBeLessThan(300);
});

test("what one of the group says when it is ended is not lost", async () => {
  expect(await collect(scene.run("last-words").lines)).toEqual(["early", "last"]);
});

test.runIf(process.platform === "linux")(
  "a run that could not be started leaves no file open",
  async () => {
    const openFiles = () =>
      readdirSync("/proc/self/fd").filter((descriptor) => {
        try {
          return readlinkSync(join("/proc/self/fd", descriptor)).startsWith(scene.temp);
        } catch {
          return false;
        }
      });
    expect((await failureOf(scene.run("dump", { args: ["a\0b"] }).lines)).error).toBeDefined();
    expect((await failureOf(scene.run("/nowhere/at-all").lines)).error).toBeDefined();
    expect(openFiles()).toEqual([]);
  },
);

test("lines are given while the command lives", async () => {
  const lines = scene.run("never-ends").lines[Symbol.asyncIterator]();
  expect(Number((await lines.next()).value)).toBeGreaterThan(0);
  expect(scene.processes()).not.toEqual([]);
  await lines.return?.();
});

test("output over its limit is an error and not a cut", async () => {
  const plan = { args: [join(scene.folder, "progress")], maxOutputBytes: 100_000 };
  const run = scene.run("flood", plan);
  const { error, values } = await failureOf(run.lines);
  expect(error).toMatchObject({ code: "OUTPUT_TOO_LARGE" });
  expect(values.length).toBeLessThan(100);
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGTERM" });
});

test("a line over its limit is an error and not a cut", async () => {
  const run = (bytes: number) =>
    scene.run("long-line", { args: [String(bytes)], maxLineBytes: 200_000 }).lines;
  expect(await failureOf(run(200_001))).toMatchObject({
    error: { code: "OUTPUT_TOO_LARGE" },
    values: [],
  });
  expect((await collect(run(200_000)))[0]).toHaveLength(200_000);
});

test("half an answer at exit 0 is damage, and no answer", async () => {
  const run = scene.run("half-answer");
  const { error } = await failureOf(readJsonLines(run.lines));
  expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  await expect(run.exit).resolves.toMatchObject({ exitCode: 0 });
});

test("a refusal that comes as an answer is given with its exit code, for the mode to see", async () => {
  const run = scene.run("not-logged-in");
  expect(await collect(readJsonLines(run.lines))).toMatchObject([{ is_error: true }]);
  await expect(run.exit).resolves.toMatchObject({ exitCode: 1 });
});

test("an exit code, a signal and the last words of stderr are told", async () => {
  const failed = scene.run("die", { args: ["145", "bad", "key"] });
  expect(await collect(failed.lines)).toEqual([]);
  await expect(failed.exit).resolves.toEqual({ exitCode: 145, stderr: "bad key" });
  const killed = scene.run("die", { args: ["SIGKILL", "oh"] });
  expect(await collect(killed.lines)).toEqual([]);
  await expect(killed.exit).resolves.toEqual({ signal: "SIGKILL", stderr: "oh" });
});

test("of a loud stderr the last 64 KiB are kept, from a whole character on", async () => {
  const run = scene.run("loud-stderr");
  expect(await collect(run.lines)).toEqual(["answered"]);
  const { stderr } = await run.exit;
  expect(Buffer.byteLength(stderr)).toBeGreaterThan(60 * 1024);
  expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(64 * 1024);
  expect(stderr).toMatch(/^é+the last word$/);
});

test("a command that is not there, or may not be executed, is CLI_NOT_FOUND", async () => {
  const missing = scene.run("/nowhere/at-all");
  expect((await failureOf(missing.lines)).error).toMatchObject({ code: "CLI_NOT_FOUND" });
  await expect(missing.exit).rejects.toMatchObject({ code: "CLI_NOT_FOUND" });
  const plain = join(scene.folder, "plain");
  writeFileSync(plain, "#!/bin/sh\n", { mode: 0o600 });
  expect((await failureOf(scene.run(plain).lines)).error).toMatchObject({
    code: "CLI_NOT_FOUND",
    message: expect.stringContaining(plain),
    fix: expect.stringContaining("chmod"),
  });
});

test("a plan that throws ends the run with its error", async () => {
  const run = runCommand(scene.context("dump"), () => {
    throw new TypeError("no plan");
  });
  expect((await failureOf(run.lines)).error).toBeInstanceOf(TypeError);
  await expect(run.exit).rejects.toBeInstanceOf(TypeError);
});

test("nothing is started before the first line is asked for", async () => {
  let planned = false;
  runCommand(scene.context("dump"), () => {
    planned = true;
    return { args: [], stdin: "" };
  });
  await delay(50);
  expect(planned).toBe(false);
});

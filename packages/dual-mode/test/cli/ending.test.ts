import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { DualModeError } from "../../src/error.ts";
import { membersOf } from "./process-table.ts";
import { collect, failureOf, Scene } from "./scene.ts";

const scene = new Scene();

/** Aborts a run at its first line, and gives the line (a process id), the error and the time. */
async function abortAtFirstLine(command: string, reason?: unknown) {
  const controller = new AbortController();
  const run = scene.run(command, {}, { signal: controller.signal });
  let pid = 0;
  let started = 0;
  let error: unknown;
  try {
    for await (const line of run.lines) {
      pid = Number(line);
      expect(scene.processes()).toContain(pid);
      started = performance.now();
      controller.abort(reason);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { run, pid, error, milliseconds: performance.now() - started };
}

test("an abort ends the group and is what the loop throws", async () => {
  const { run, pid, error } = await abortAtFirstLine("never-ends");
  expect(error).toMatchObject({ code: "ABORTED" });
  expect(membersOf(pid)).toEqual([]);
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGTERM" });
});

test("a reason of ours is thrown as it is", async () => {
  const reason = new DualModeError("DEADLINE_EXCEEDED", "too late");
  expect((await abortAtFirstLine("never-ends", reason)).error).toBe(reason);
});

test("a command that ignores SIGTERM is killed two seconds later", async () => {
  const { run, pid, milliseconds } = await abortAtFirstLine("ignore-sigterm");
  expect(membersOf(pid)).toEqual([]);
  expect(milliseconds).toBeGreaterThan(1_500);
  expect(milliseconds).toBeLessThan(10_000);
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGKILL" });
});

test("a grandchild that ignores SIGTERM and keeps stdout open goes with the group", async () => {
  const { error } = await abortAtFirstLine("grandchild-ignores-sigterm");
  expect(error).toMatchObject({ code: "ABORTED" });
  expect(scene.processes()).toEqual([]);
});

test("an abort ends a run whose lines nobody reads any more", async () => {
  const controller = new AbortController();
  const run = scene.run("never-ends", {}, { signal: controller.signal });
  await run.lines[Symbol.asyncIterator]().next();
  controller.abort();
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGTERM" });
  expect(scene.processes()).toEqual([]);
  expect(scene.runFolders()).toEqual([]);
});

test.each([
  ["while the command runs", 0],
  ["when it has long ended", 500],
])("lines that were there before the abort are not given after it: %s", async (_, wait) => {
  const controller = new AbortController();
  const run = scene.run("many-lines", { args: ["100"] }, { signal: controller.signal });
  let count = 0;
  const loop = async () => {
    for await (const _ of run.lines) {
      count += 1;
      await delay(wait);
      controller.abort();
    }
  };
  await expect(loop()).rejects.toMatchObject({ code: "ABORTED" });
  expect(count).toBe(1);
});

test("leaving the loop ends the group", async () => {
  const run = scene.run("never-ends");
  let pid = 0;
  for await (const line of run.lines) {
    pid = Number(line);
    break;
  }
  expect(pid).toBeGreaterThan(0);
  expect(membersOf(pid)).toEqual([]);
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGTERM" });
});

test("a grandchild that keeps stdout open does not outlive a command that has answered", async () => {
  const started = performance.now();
  const run = scene.run("leave-grandchild");
  expect(await collect(run.lines)).toEqual([expect.stringMatching(/^\d+$/)]);
  await expect(run.exit).resolves.toMatchObject({ exitCode: 0 });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(scene.processes()).toEqual([]);
});

test("a grandchild that left the group cannot keep the run waiting", async () => {
  const started = performance.now();
  const [pid] = await collect(scene.run("leave-grandchild", { args: ["detached"] }).lines);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(scene.processes()).toEqual([Number(pid)]);
  process.kill(Number(pid), "SIGKILL");
  await delay(50);
});

test("an abort before the spawn spawns nothing", async () => {
  const aborted = scene.run("never-ends", {}, { signal: AbortSignal.abort() });
  expect((await failureOf(aborted.lines)).error).toMatchObject({ code: "ABORTED" });
  await expect(aborted.exit).rejects.toMatchObject({ code: "ABORTED" });

  const controller = new AbortController();
  const run = runCommand(scene.context("never-ends", { signal: controller.signal }), async () => {
    controller.abort();
    return { args: [], stdin: "" };
  });
  expect((await failureOf(run.lines)).error).toMatchObject({ code: "ABORTED" });
  await expect(run.exit).rejects.toMatchObject({ code: "ABORTED" });
  expect(scene.processes()).toEqual([]);
});

test("an abort while the plan is made is what the loop throws, not what it breaks", async () => {
  const controller = new AbortController();
  const context = scene.context("never-ends", { signal: controller.signal });
  const run = runCommand(context, async (folder) => {
    controller.abort();
    await delay(50);
    return { args: [await folder.write("late/file", "")], stdin: "" };
  });
  expect((await failureOf(run.lines)).error).toMatchObject({ code: "ABORTED" });
});

test("another copy of the package shares the listeners and the slots", async () => {
  const before = process.listenerCount("SIGTERM");
  const first = scene.run("never-ends").lines[Symbol.asyncIterator]();
  await first.next();
  vi.resetModules();
  const copy = await import("../../src/cli/run-command.ts");
  expect(copy.runCommand).not.toBe(runCommand);
  const plan = () => ({ args: [], stdin: "" });
  const run = (signal: AbortSignal) =>
    copy.runCommand(scene.context("never-ends", { signal }), plan, { maxConcurrent: 1 });
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), 300);
  expect(await failureOf(run(waiting.signal).lines)).toMatchObject({ values: [] });
  const free = copy.runCommand(scene.context("never-ends"), plan).lines[Symbol.asyncIterator]();
  await free.next();
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await first.return?.();
  await free.return?.();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

test("a run that has ended leaves no listener on the signal or the process", async () => {
  const before = process.listenerCount("SIGTERM");
  const exits = process.listenerCount("exit");
  const first = scene.run("never-ends").lines[Symbol.asyncIterator]();
  const second = scene.run("never-ends").lines[Symbol.asyncIterator]();
  await Promise.all([first.next(), second.next()]);
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await second.return?.();
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await first.return?.();
  expect(process.listenerCount("SIGTERM")).toBe(before);
  expect(process.listenerCount("exit")).toBe(exits);
});

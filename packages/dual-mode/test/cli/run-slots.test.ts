import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { takeSlot } from "../../src/cli/run-slots.ts";
import { DualModeError } from "../../src/error.ts";
import { collect, Scene } from "./scene.ts";

const scene = new Scene();
const { signal } = new AbortController();

test("no more than the limit run at once, and they go in the order they came", async () => {
  const command = randomUUID();
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    const free = await takeSlot(command, 3, new AbortController().signal);
    begun.push(index);
    running += 1;
    most = Math.max(most, running);
    await delay(index % 3);
    running -= 1;
    free();
  };
  await Promise.all(Array.from({ length: 30 }, (_, index) => work(index)));
  expect(most).toBe(3);
  expect(begun).toEqual([...begun].sort((a, b) => a - b));
});

test("commands do not wait for each other", async () => {
  const free = await takeSlot(randomUUID(), 1, signal);
  (await takeSlot(randomUUID(), 1, signal))();
  free();
});

test("one who waits leaves the queue when its signal is aborted", async () => {
  const command = randomUUID();
  const free = await takeSlot(command, 1, signal);
  const controller = new AbortController();
  const waiting = takeSlot(command, 1, controller.signal);
  const next = takeSlot(command, 1, signal);
  const reason = new DualModeError("CLOSED", "closed");
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  free();
  (await next)();
  await expect(takeSlot(command, 1, AbortSignal.abort())).rejects.toMatchObject({
    code: "ABORTED",
  });
});

test("runs of one command take turns; a waiting one has made no folder and no plan", async () => {
  const folders: number[] = [];
  const one = () => {
    const plan = () => {
      folders.push(scene.runFolders().length);
      return { args: [], stdin: "" };
    };
    return collect(runCommand(scene.context("dump"), plan, { maxConcurrent: 2 }).lines);
  };
  await Promise.all([one(), one(), one(), one(), one()]);
  expect(folders).toHaveLength(5);
  expect(Math.max(...folders)).toBe(2);
});

test("a run that fails to start gives its slot back", async () => {
  const command = `/nowhere/${randomUUID()}`;
  const once = () =>
    collect(
      runCommand(scene.context(command), () => ({ args: [], stdin: "" }), { maxConcurrent: 1 })
        .lines,
    );
  await expect(once()).rejects.toMatchObject({ code: "CLI_NOT_FOUND" });
  await expect(once()).rejects.toMatchObject({ code: "CLI_NOT_FOUND" });
});

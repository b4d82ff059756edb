import { existsSync, writeFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { waitingFor } from "../../src/cli/standby/pool.ts";
import { collect } from "./scene.ts";
import {
  type Asked,
  ask,
  keyed,
  living,
  noted,
  notes,
  outputs,
  owner,
  patience,
  ready,
  scene,
  start,
} from "./standby-scene.ts";

test("a call is taken by the process that was started at the call before it, and by no other", async () => {
  const first = await ask("one");
  await ready();
  const [waiting] = living("started");
  const second = await ask("two");
  await ready();
  const third = await ask("three");
  expect(first).toMatchObject({ heard: "one", warm: false });
  expect(second).toMatchObject({ heard: "two", warm: true, pid: waiting });
  expect(third).toMatchObject({ heard: "three", warm: true });
  expect(new Set([first.pid, second.pid, third.pid]).size).toBe(3);
});

test("without the wish nothing is started ahead", async () => {
  const run = scene.run("waits-for-word", { args: [notes()], stdin: "word\n" });
  expect(await collect(run.lines)).toHaveLength(1);
  expect(noted("started")).toHaveLength(1);
  expect(waitingFor(owner)).toBe(0);
});

test.each<[string, Asked, Asked]>([
  ["other arguments", { words: ["a"] }, { words: ["b"] }],
  ["another file", { files: { system: "Be brief" } }, { files: { system: "Be long" } }],
  ["another variable", {}, { context: { cliEnv: { COLOUR: "red" } } }],
  ["another user", { wish: { scope: "ann" } }, { wish: { scope: "bob" } }],
  ["another version", { context: { version: "1" } }, { context: { version: "2" } }],
  ["another day", { rules: { sees: "Monday" } }, { rules: { sees: "Tuesday" } }],
  ["another key", keyed("key-1"), keyed("key-2", "key-1")],
])("%s want another process", async (_, one, other) => {
  await ask("one", one);
  await ready();
  expect(await ask("two", other)).toMatchObject({ heard: "two", warm: false });
  expect(await ask("three", one)).toMatchObject({ heard: "three", warm: true });
});

test("one that died while it waited costs a run as without it", async () => {
  await ask("one");
  await ready();
  for (const pid of living("started")) process.kill(pid, "SIGKILL");
  expect(await ask("two")).toMatchObject({ heard: "two", warm: false });
});

test("one that ends without a word after the call was written costs a fresh run", async () => {
  await ask("one");
  await ready();
  writeFileSync(`${notes()}.die`, "");
  expect(await ask("two")).toMatchObject({ heard: "two", warm: false });
  expect(existsSync(`${notes()}.die`)).toBe(false);
});

test("one that has spoken before its call is not used", async () => {
  const { run } = start("one", { command: "echo-lines", rules: { first: "early\n" } });
  for await (const _ of run.lines) run.complete(0);
  await vi.waitFor(() => expect(waitingFor(owner)).toBe(1), patience);
  await vi.waitFor(() => expect(outputs()).toContain("heard early\n"), patience);
  const { run: next, claimed } = start("two", {
    command: "echo-lines",
    rules: { first: "early\n" },
  });
  const lines: string[] = [];
  for await (const line of next.lines) {
    lines.push(line);
    if (lines.length === 2) next.complete(0);
  }
  expect(lines).toEqual(["heard early", "heard two"]);
  expect(claimed).not.toHaveBeenCalled();
});

test("two wait for the process, or as many as are asked for; the kind last used goes last", async () => {
  await ask("one", { words: ["a"] });
  await ask("one", { words: ["b"] });
  await ask("two", { words: ["a"] });
  await ask("one", { words: ["c"] });
  expect(waitingFor(owner)).toBe(2);
  await ready(2);
  expect(await ask("three", { words: ["a"] })).toMatchObject({ warm: true });
  expect(await ask("two", { words: ["b"] })).toMatchObject({ warm: false });
  await ask("four", { words: ["a"], wish: { count: 3 } });
  expect(waitingFor(owner)).toBe(3);
});

test("an abort ends the process that has taken the call", async () => {
  await ask("one");
  await ready();
  const [waiting = 0] = living("started");
  const stop = new AbortController();
  const { run } = start("two", { context: { signal: stop.signal } });
  const lines = collect(run.lines);
  await vi.waitFor(() => expect(outputs().join("")).toContain("two"), patience);
  stop.abort();
  await expect(lines).rejects.toMatchObject({ code: "ABORTED" });
  expect(scene.processes()).not.toContain(waiting);
  await expect(run.exit).resolves.toMatchObject({ signal: "SIGKILL" });
});

test("a mode that writes ahead what its plan does not begin with is at fault", async () => {
  const { run } = start("one", { rules: { first: "early" }, plan: { stdin: "late" } });
  await expect(collect(run.lines)).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
});

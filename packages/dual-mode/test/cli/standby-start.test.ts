import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { dropStandbysOf, waitingFor } from "../../src/cli/standby/pool.ts";
import { courtesy } from "../../src/cli/standby/waiting-run.ts";
import { ask, noted, owner, patience, scene, start } from "./standby-scene.ts";

test("one that is ended while it is being started is gone when its owner's end is told", async () => {
  const { before, goOn, isHeld } = heldStart();
  await ask("one", { before });
  await vi.waitFor(isHeld, patience);
  expect(waitingFor(owner)).toBe(1);
  const ended = dropStandbysOf(owner);
  goOn();
  await ended;
  expect([...scene.processes(), ...scene.runFolders()]).toEqual([]);
});

test("a call takes one that is being started", async () => {
  const { before, goOn, isHeld } = heldStart();
  await ask("one", { before });
  await vi.waitFor(isHeld, patience);
  const second = ask("two", { before });
  await vi.waitFor(isTaken, patience);
  goOn();
  expect(await second).toMatchObject({ heard: "two", warm: true });
});

test("one starts a moment behind the answer, or with the call that wants it", async () => {
  const { before, planned } = countedStart();
  await ask("one", { before });
  expect([waitingFor(owner), planned()]).toEqual([1, 2]);
  expect(await ask("two", { before })).toMatchObject({ heard: "two", warm: true });
});

test("one that is dropped before that moment is over is never started", async () => {
  const { before, planned } = countedStart();
  await ask("one", { before });
  await dropStandbysOf(owner);
  expect([waitingFor(owner), planned()]).toEqual([0, 2]);
});

/** Counts the plans, of which the third starts what is to wait, once a moment of a minute is over. */
function countedStart() {
  const real = setTimeout;
  const timer = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => timer.mockRestore());
  timer.mockImplementation((run, ms) => real(run, ms === courtesy ? 60_000 : ms));
  let planned = 0;
  const before = async () => void ++planned;
  return { before, planned: () => planned };
}

test("a call starts its own where the one that was being started comes to nothing", async () => {
  const { before, fail, isHeld } = heldStart();
  await ask("one", { before });
  await vi.waitFor(isHeld, patience);
  const second = ask("two", { before });
  await vi.waitFor(isTaken, patience);
  fail();
  expect(await second).toMatchObject({ heard: "two", warm: false });
});

/** The one that is being started is a call's, and waits for no other. */
const isTaken = () => expect(waitingFor(owner)).toBe(0);

/** Holds the start of the first that is to wait: behind the plan for the key, and the call's own. */
function heldStart() {
  let [goOn, fail] = [() => {}, () => {}];
  const held = new Promise<void>((resolve, reject) => {
    goOn = resolve;
    fail = () => reject(new Error("EMFILE"));
  });
  let planned = 0;
  const before = () => (++planned === 3 ? held : Promise.resolve());
  return { before, goOn, fail, isHeld: () => expect(planned).toBe(3) };
}

test("none is started behind an abort, however long the command takes to end", async () => {
  const command = join(scene.folder, "slow-to-end");
  const lines = [
    "#!/bin/sh",
    "trap '' TERM",
    'echo "started $$" >> "$1"',
    "read -r heard",
    'echo "$heard"',
    "while :; do sleep 0.1; done",
  ];
  writeFileSync(command, `${lines.join("\n")}\n`, { mode: 0o755 });
  const stop = new AbortController();
  const asked = { command, plan: { expendable: false }, context: { signal: stop.signal } };
  const { run } = start("one", asked);
  const told = (async () => {
    for await (const _ of run.lines) stop.abort();
  })();
  await expect(told).rejects.toMatchObject({ code: "ABORTED" });
  expect({ waiting: waitingFor(owner), started: noted("started").length }).toEqual({
    waiting: 0,
    started: 1,
  });
});

import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@acc/secrets";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { CommandContext, CommandPlan, StandbyRules } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { dropStandbysOf, waitingFor } from "../../src/cli/standby/pool.ts";
import { courtesy } from "../../src/cli/standby/waiting-run.ts";
import type { StandbyWish } from "../../src/contract/mode-context.ts";
import { collect, fixture, Scene } from "./scene.ts";

const scene = new Scene();
const owner = {};
const patience = { timeout: 30_000, interval: 20 };

interface Asked {
  readonly words?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly wish?: Partial<StandbyWish>;
  readonly rules?: StandbyRules;
  readonly context?: Partial<CommandContext>;
  readonly plan?: Partial<CommandPlan>;
  readonly command?: string;
  /** What each plan waits for. */
  readonly before?: () => Promise<void>;
}

interface Said {
  readonly pid: number;
  readonly heard: string;
  /** Whether a process that had waited said it. */
  readonly warm: boolean;
}

afterEach(() => dropStandbysOf(owner));

function start(word: string, asked: Asked = {}) {
  const claimed = vi.fn();
  const { words = [], files = {}, wish, rules = {}, context, plan, before } = asked;
  const standby = { count: 1, ttl: 60_000, owner, scope: "", secrets: [], claimed, ...wish };
  const run = runCommand(
    scene.context(asked.command ?? "waits-for-word", { standby, ...context }),
    async (folder) => {
      await before?.();
      for (const [name, content] of Object.entries(files)) await folder.write(name, content);
      const stdin = `${rules.first ?? ""}${word}\n`;
      return { args: [notes(), ...words], stdin, dialogue: true, expendable: true, ...plan };
    },
    { standby: rules },
  );
  return { run, claimed };
}

/** One call, from its question to its answer. */
async function ask(word: string, asked: Asked = {}): Promise<Said> {
  const { run, claimed } = start(word, asked);
  const lines: string[] = [];
  for await (const line of run.lines) {
    lines.push(line);
    run.complete(0);
  }
  await run.exit;
  expect(lines).toHaveLength(1);
  const said = JSON.parse(lines[0] ?? "");
  answered.add(said.pid);
  return { ...said, warm: claimed.mock.calls.length === 1 };
}

/** Processes that have answered: they may still be dying. */
const answered = new Set<number>();

const notes = () => join(scene.folder, "notes");

function noted(what: string): readonly number[] {
  const lines = existsSync(notes()) ? readFileSync(notes(), "utf8").split("\n") : [];
  return lines
    .filter((line) => line.startsWith(`${what} `))
    .map((line) => Number(line.slice(what.length + 1)));
}

/** Once the process that waits is as far as to be there. */
async function ready(count = 1): Promise<void> {
  await vi.waitFor(() => expect(living("started")).toHaveLength(count), patience);
}

function living(what: string): readonly number[] {
  const there = scene.processes().filter((pid) => !answered.has(pid));
  return noted(what).filter((pid) => there.includes(pid));
}

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

/** A call with a key, of a client that has others too. */
function keyed(key: string, ...others: readonly string[]): Asked {
  const [secret, ...more] = [key, ...others].map((each) => new Secret("the_key", each, "explicit"));
  if (secret === undefined) throw new RangeError("There is no key.");
  const credential = { kind: "key", source: "option", secret } as const;
  return {
    wish: { secrets: [secret, ...more] },
    context: { credential },
    plan: { keyVariable: "THE_KEY" },
  };
}

test("a process with a key that was replaced is ended at the next call", async () => {
  await ask("one", keyed("key-1"));
  await ready();
  const [old = 0] = living("started");
  await ask("two", keyed("key-2"));
  await vi.waitFor(() => expect(scene.processes()).not.toContain(old), patience);
  expect(waitingFor(owner)).toBe(1);
});

test("a process of a command that was replaced is ended, and takes no call", async () => {
  const command = join(scene.folder, "copied.mjs");
  copyFileSync(fixture("waits-for-word"), command);
  await ask("one", { command });
  await ready();
  const [old = 0] = living("started");
  writeFileSync(command, `${readFileSync(command, "utf8")}\n// another version\n`);
  expect(await ask("two", { command })).toMatchObject({ warm: false });
  await vi.waitFor(() => expect(scene.processes()).not.toContain(old), patience);
});

test("a process is ended where a file that it has read was written to", async () => {
  const login = join(scene.folder, "login.json");
  writeFileSync(login, "one");
  const asked = { rules: { files: [login] } };
  await ask("one", asked);
  await ready();
  writeFileSync(login, "another");
  expect(await ask("two", asked)).toMatchObject({ warm: false });
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

/** What the commands that live now have said. */
function outputs(): readonly string[] {
  return scene.runFolders().map((name) => readFileSync(join(scene.temp, name, "output"), "utf8"));
}

test("one waits no longer than its time", async () => {
  await ask("one", { wish: { ttl: 1 } });
  await vi.waitFor(() => expect(waitingFor(owner)).toBe(0), patience);
  await vi.waitFor(() => expect(scene.processes()).toEqual([]), patience);
  expect(noted("asked with nothing")).toEqual([]);
});

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

test("one that died is counted no more, as soon as it is dead: getpaseo/paseo#2472", async () => {
  await ask("one");
  await ready();
  expect(waitingFor(owner)).toBe(1);
  for (const pid of living("started")) process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(waitingFor(owner)).toBe(0), patience);
});

test("one that heeds no SIGTERM is gone when it is dropped: steipete/CodexBar#2789", async () => {
  const command = join(scene.folder, "heedless");
  const lines = [
    "#!/bin/sh",
    "trap '' TERM",
    'echo "started $$" >> "$1"',
    "read -r heard",
    `printf '{"pid":%s,"heard":"%s"}\\n' $$ "$heard"`,
    "while :; do sleep 0.1; done",
  ];
  writeFileSync(command, `${lines.join("\n")}\n`, { mode: 0o755 });
  const said = await ask("one", { command, plan: { expendable: false } });
  expect(said.heard).toBe("one");
  await ready();
  await dropStandbysOf(owner);
  expect(scene.processes()).toEqual([]);
});

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

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { dropStandbysOf, waitingFor } from "../../src/cli/standby/pool.ts";
import { fixture } from "./scene.ts";
import { ask, keyed, living, noted, owner, patience, ready, scene } from "./standby-scene.ts";

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

test("one waits no longer than its time", async () => {
  await ask("one", { wish: { ttl: 1 } });
  await vi.waitFor(() => expect(waitingFor(owner)).toBe(0), patience);
  await vi.waitFor(() => expect(scene.processes()).toEqual([]), patience);
  expect(noted("asked with nothing")).toEqual([]);
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

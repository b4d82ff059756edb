import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { endLeftBehind } from "../../src/cli/left-behind.ts";
import { statusOf } from "../../src/cli/process-status.ts";
import { thisHost } from "../../src/cli/run-record.ts";
import { collect, Scene } from "./scene.ts";

const scene = new Scene();
const living: number[] = [];
afterEach(() => {
  for (const pid of living.splice(0)) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has been ended.
    }
  }
});

interface Left {
  readonly name?: string;
  readonly host?: object;
  readonly group?: object;
}

/** A run's folder as a host leaves it that could not clean up. */
function leave({ name = "acc-run-left01", host, group }: Left): string {
  const root = join(scene.temp, name);
  mkdirSync(join(root, "temp"), { recursive: true, mode: 0o700 });
  chmodSync(root, 0o700);
  if (host) writeFileSync(join(root, "host.json"), JSON.stringify(host));
  if (group) writeFileSync(join(root, "group.json"), JSON.stringify(group));
  return root;
}

/** This machine, and a process that has ended on it. */
function deadHost() {
  return { ...thisHost(), pid: spawnSync("true").pid, start: "1" };
}

async function groupIn(root: string, script = "exec sleep 60") {
  const env = { PATH: process.env.PATH, TMPDIR: join(root, "temp") };
  const child = spawn("sh", ["-c", script], {
    detached: true,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  living.push(pid);
  return { pid, start: statusOf(pid)?.start ?? "", child };
}

function runs(pid: number): boolean {
  return statusOf(pid)?.ended === false;
}

describe.runIf(process.platform === "linux")("what a dead host has left behind", () => {
  test("is ended, and its folder removed", async () => {
    const root = leave({ host: deadHost() });
    const { pid, start } = await groupIn(root, "trap '' TERM; while :; do sleep 1; done");
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start }));
    await endLeftBehind();
    expect(runs(pid)).toBe(false);
    expect(existsSync(root)).toBe(false);
  });

  test("is ended by the next run of a command", async () => {
    const root = leave({ host: deadHost() });
    const { pid, start } = await groupIn(root);
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start }));
    await collect(scene.run("many-lines", { args: ["1"] }).lines);
    expect(runs(pid)).toBe(false);
    expect(existsSync(root)).toBe(false);
  });

  test("is ended also where its leader is gone before the rest of the group", async () => {
    const root = leave({ host: deadHost() });
    const { pid, start, child } = await groupIn(root, "sleep 60 & echo $!");
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    await vi.waitFor(() => expect(statusOf(pid)).toBeUndefined());
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start }));
    await endLeftBehind();
    expect(runs(Number(line.toString()))).toBe(false);
  });

  test("of an earlier boot of this machine is a folder alone", async () => {
    const here = { ...thisHost(), machine: "m" };
    const root = leave({ host: { ...here, boot: "earlier" } });
    const { pid, start } = await groupIn(root);
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start }));
    await endLeftBehind(here);
    expect(runs(pid)).toBe(true);
    expect(existsSync(root)).toBe(false);
  });

  // grantiva/cli#92, SiderealPress/Lobster#206
  test("whose pid another process has now costs that one nothing", async () => {
    const root = leave({ host: deadHost() });
    const { pid } = await groupIn("/elsewhere");
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start: "1" }));
    await endLeftBehind();
    expect(runs(pid)).toBe(true);
    expect(existsSync(root)).toBe(false);
  });

  test("and whose group another has now, without its leader, costs nobody anything", async () => {
    const root = leave({ host: deadHost() });
    const { pid, child } = await groupIn("/elsewhere", "sleep 60 & echo $!");
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    await vi.waitFor(() => expect(statusOf(pid)).toBeUndefined());
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start: "1" }));
    await endLeftBehind();
    expect(runs(Number(line.toString()))).toBe(true);
  });
});

describe.runIf(process.platform === "linux")("nothing is touched", () => {
  test.each([
    ["a host that lives", () => thisHost()],
    ["a host of another pid namespace", () => ({ ...deadHost(), namespace: "pid:[1]" })],
    ["a host of another machine", () => ({ ...deadHost(), machine: "other", boot: "other" })],
    ["a host of which no boot is known", () => ({ ...deadHost(), boot: "" })],
    ["a host that is told by no record", () => undefined],
    ["a record of something else", () => ({ pid: "1" })],
    ["a record that would name every process", () => ({ ...thisHost(), pid: -1 })],
  ])("of %s", async (_, host) => {
    const found = host();
    const root = leave(found ? { host: found } : {});
    const { pid, start } = await groupIn(root);
    writeFileSync(join(root, "group.json"), JSON.stringify({ pid, start }));
    await endLeftBehind();
    expect(runs(pid)).toBe(true);
    renameSync(root, join(scene.folder, "moved"));
  });

  test.each(["0755", "0770"])("where others may enter the folder (%s)", async (mode) => {
    const root = leave({ host: deadHost() });
    chmodSync(root, Number.parseInt(mode, 8));
    await endLeftBehind();
    expect(existsSync(root)).toBe(true);
    renameSync(root, join(scene.folder, "moved"));
  });

  test("where a link leads to the folder", async () => {
    const root = leave({ host: deadHost() });
    const moved = join(scene.folder, "moved");
    renameSync(root, moved);
    symlinkSync(moved, root);
    await endLeftBehind();
    expect(existsSync(join(moved, "host.json"))).toBe(true);
    renameSync(root, join(scene.folder, "link"));
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { statusOf } from "../../src/cli/process-status.ts";
import { fixture, Scene } from "./scene.ts";

const scene = new Scene();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const host = fileURLToPath(new URL("../fixtures/hosts/host.ts", import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** Starts a host with two runs of a command under way; then lets `act` end it. */
async function hostWith(command: string, how: string, act: (host: ChildProcess) => void) {
  const [name = "", ...args] = command.split(" ");
  const node = ["--max-old-space-size=200", "--import", "tsx", host];
  const hostArgs = [...node, fixture(name), how, ...args];
  const started = spawn(process.execPath, hostArgs, {
    cwd: root,
    env: { PATH: process.env.PATH, TMPDIR: scene.temp, HOME: scene.folder, ...scene.marked },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  let output = "";
  started.stderr?.resume();
  started.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const wasReady = output.includes("ready");
    output += text;
    if (!wasReady && output.includes("ready")) {
      act(started);
    }
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    started.once("close", (...ended) => resolve(ended)),
  );
  return { code, signal, output };
}

test("a grandchild that left the group keeps no handle of the host's open", async () => {
  const started = performance.now();
  const ended = await hostWith("leave-grandchild detached", "wait", () => {});
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(scene.processes()).toHaveLength(2);
  for (const pid of scene.processes()) {
    process.kill(pid, "SIGKILL");
  }
  await vi.waitFor(expectNothingLeft);
});

function expectNothingLeft(): void {
  expect(scene.processes()).toEqual([]);
  expect(scene.runFolders()).toEqual([]);
}

test.each([
  ...(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const),
  ...(["SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGXCPU"] as const),
])("a host that gets %s dies of it, and its runs with it", async (signal) => {
  const ended = await hostWith("ignore-sigterm", "wait", (host) => host.kill(signal));
  expect(ended).toMatchObject({ code: null, signal });
  expectNothingLeft();
});

test("grandchildren that keep stdout open go with the host", async () => {
  const ended = await hostWith("grandchild-ignores-sigterm", "wait", (host) =>
    host.kill("SIGTERM"),
  );
  expect(ended).toMatchObject({ signal: "SIGTERM" });
  expectNothingLeft();
});

test("a host that listens for the signal itself lives on; its runs are aborted", async () => {
  const ended = await hostWith("never-ends", "own-listener", (host) => host.kill("SIGTERM"));
  expect(ended).toMatchObject({ code: 7, signal: null });
  expect(ended.output).toContain("host got SIGTERM");
  expect(ended.output.match(/run ended: ABORTED/g)).toHaveLength(2);
  expectNothingLeft();
});

test("a host that takes a signal for something of its own lives on, and its runs go on", async () => {
  const ended = await hostWith("never-ends", "own-listener", (host) => {
    for (const signal of ["SIGUSR2", "SIGALRM", "SIGXCPU"] as const) host.kill(signal);
    setTimeout(() => host.kill("SIGQUIT"), 300);
  });
  expect(ended.output).toMatch(/host got SIGXCPU.*host got SIGQUIT.*run ended: ABORTED/s);
  expect(ended.output).not.toMatch(/run ended.*host got/s);
  expectNothingLeft();
});

// anthropics/claude-agent-sdk-typescript#142, mattschwen/claude-max-api-proxy#16
test.each([
  ["a signal that none can hear", "wait", "SIGKILL"],
  ["a fault in native code", "wait", "SIGSEGV"],
  ["a trap", "wait", "SIGTRAP"],
  ["process.abort()", "abort", undefined],
  ["a heap out of memory", "heap", undefined],
] as const)(
  "a host that ends by %s takes its runs along a moment later",
  async (_, how, signal) => {
    const ended = await hostWith("ignore-sigterm", how, (host) => signal && host.kill(signal));
    expect(ended.code).not.toBe(0);
    await vi.waitFor(expectNothingLeft, { timeout: 5_000 });
  },
);

test("the runs of a worker thread that is terminated end with it, and the host lives on", async () => {
  const ended = await hostWith("ignore-sigterm", "worker", async (host) => {
    await vi.waitFor(() => expect(scene.runFolders()).toEqual([]), { timeout: 5_000 });
    const leaders = scene.processes().filter((pid) => statusOf(pid)?.group === pid);
    expect(leaders).toEqual([]);
    host.kill("SIGTERM");
  });
  expect(ended).toMatchObject({ signal: "SIGTERM" });
});

test("a listener that only raises the signal again does not keep the host alive", async () => {
  const ended = await hostWith("never-ends", "signal-exit", (host) => host.kill("SIGINT"));
  expect(ended).toMatchObject({ code: null, signal: "SIGINT" });
  expectNothingLeft();
});

test.each([
  ["exit", 3],
  ["crash", 1],
])("a host that ends by %s takes its runs along", async (how, code) => {
  const ended = await hostWith("ignore-sigterm", how, () => {});
  expect(ended).toMatchObject({ code, signal: null });
  expectNothingLeft();
});

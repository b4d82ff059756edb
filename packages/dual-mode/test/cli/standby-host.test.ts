import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { fixture, Scene } from "./scene.ts";

const scene = new Scene();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const host = fileURLToPath(new URL("../fixtures/hosts/standby-host.ts", import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** A host with a process that waits for a call, ended in a way. */
async function hostThat(how: string, signal?: NodeJS.Signals) {
  const notes = join(scene.folder, "notes");
  const started = spawn(
    process.execPath,
    ["--import", "tsx", host, fixture("waits-for-word"), notes, how],
    {
      cwd: root,
      env: { PATH: process.env.PATH, TMPDIR: scene.temp, HOME: scene.folder, ...scene.marked },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  child = started;
  started.stdout?.setEncoding("utf8").on("data", (text: string) => {
    if (text.includes("ready") && signal !== undefined) started.kill(signal);
  });
  const [code, ended] = await new Promise<[number | null, string | null]>((resolve) =>
    started.once("close", (...how) => resolve(how)),
  );
  await vi.waitFor(() => expect([...scene.processes(), ...scene.runFolders()]).toEqual([]), {
    timeout: 30_000,
  });
  return { code, ended, asked: readFileSync(notes, "utf8").includes("asked with nothing") };
}

test("a host that has no more to do ends, and what waits ends with it", async () => {
  expect(await hostThat("ends")).toEqual({ code: 0, ended: null, asked: false });
});

test("a host that exits takes it along", async () => {
  expect(await hostThat("exit")).toEqual({ code: 3, ended: null, asked: false });
});

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "a host that dies of %s takes it along, and its stdin is not over before it is dead",
  async (signal) => {
    expect(await hostThat("wait", signal)).toEqual({ code: null, ended: signal, asked: false });
  },
);

test("a host that listens for the signal itself lives on without it", async () => {
  const { code, asked } = await hostThat("own-listener", "SIGTERM");
  expect({ code, asked }).toEqual({ code: 0, asked: false });
});

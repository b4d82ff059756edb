import { expect, test } from "vitest";
import { probeCommand } from "../../src/cli/probe-command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { fixture, Scene } from "./scene.ts";

const scene = new Scene();
const probe = (name: string, args: readonly string[], options = {}, signal?: AbortSignal) =>
  probeCommand(fixture(name), args, scene.context(name, signal ? { signal } : {}), options);

test("gives the exit, stdout and stderr of a run that gets an empty stdin", async () => {
  const { stdout, ...exit } = await probe("dump", ["--version"], { env: { MODE: "1" } });
  expect(JSON.parse(stdout)).toMatchObject({
    argv: ["--version"],
    stdin: "",
    env: { MODE: "1", HOME: expect.stringContaining(scene.temp) },
  });
  expect(exit).toEqual({ exitCode: 0, stderr: "" });
  await expect(probe("die", ["3", "why"])).resolves.toEqual({
    exitCode: 3,
    stdout: "",
    stderr: "why",
  });
});

test("runs in the user's home only where the login is asked for", async () => {
  const context = scene.context("dump", { env: { PATH: process.env.PATH, HOME: "/home/ada" } });
  const { stdout } = await probeCommand(fixture("dump"), [], context, { login: true });
  expect(JSON.parse(stdout).env.HOME).toBe("/home/ada");
});

test("a command that never ends is TIMEOUT, and is gone", async () => {
  const started = performance.now();
  await expect(probe("never-ends", ["auth"], { timeout: 300 })).rejects.toMatchObject({
    code: "TIMEOUT",
    message: expect.stringContaining("never-ends.mjs auth"),
  });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(scene.processes()).toEqual([]);
});

test("an abort ends it", async () => {
  const controller = new AbortController();
  const probing = probe("never-ends", [], {}, controller.signal);
  setTimeout(() => controller.abort(), 200);
  await expect(probing).rejects.toMatchObject({ code: "ABORTED" });
  await expect(probe("dump", [], {}, AbortSignal.abort())).rejects.toMatchObject({
    code: "ABORTED",
  });
});

test("output over 1 MiB is an error", async () => {
  await expect(probe("many-lines", ["5000"])).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
});

test("a missing command is CLI_NOT_FOUND", async () => {
  await expect(probeCommand("/nowhere/at-all", [], scene.context("dump"))).rejects.toMatchObject({
    code: "CLI_NOT_FOUND",
  });
});

test("waits for no slot", async () => {
  const run = runCommand(scene.context("never-ends"), () => ({ args: [], stdin: "" }), {
    maxConcurrent: 1,
  });
  for await (const _ of run.lines) {
    const { stdout } = await probe("never-ends", ["--version"], { timeout: 5_000 });
    expect(stdout).toBe("1.2.3");
    break;
  }
});

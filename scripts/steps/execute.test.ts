import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runStep } from "./run-step.ts";

const node = (code: string): [string, ...string[]] => [process.execPath, "-e", code];

test("a step is its exit code and all that it printed", async () => {
  const code = `console.log("out"); console.error("err"); process.exitCode = 3`;
  const result = await runStep({ name: "three", command: node(code) });
  expect(result).toMatchObject({ name: "three", passed: 0, failed: 1 });
  expect(result.output.split("\n").sort()).toEqual(["", "err", "out"]);
});

test("a step that succeeded counts as one and is echoed as it runs", async () => {
  const echoed: string[] = [];
  const step = { name: "fine", command: node(`console.log("out")`) };
  const result = await runStep(step, (text) => echoed.push(text));
  expect(result).toMatchObject({ passed: 1, failed: 0 });
  expect(echoed.join("")).toBe("out\n");
});

test("a command that is not there is a failure that says so", async () => {
  const result = await runStep({ name: "none", command: ["acc-no-such-command"] });
  expect(result).toMatchObject({ passed: 0, failed: 1 });
  expect(result.output).toContain("acc-no-such-command ENOENT");
});

test("a step that takes too long is stopped with all that it started", async () => {
  const code = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "inherit" });
    console.log("child", child.pid);`;
  const result = await runStep({ name: "slow", command: node(code), minutes: 0.02 });
  expect(result).toMatchObject({ passed: 0, failed: 1 });
  expect(result.output).toContain(`"slow" was stopped: it took longer than 0.02 minutes`);
  const pid = Number(/child (\d+)/.exec(result.output)?.[1]);
  expect(pid).toBeGreaterThan(0);
  if (!existsSync("/proc")) return;
  await expect.poll(() => isAlive(pid)).toBe(false);
});

/** A zombie that nobody has buried yet is dead. */
function isAlive(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) [ZX] /.test(readFileSync(path, "utf8"));
}

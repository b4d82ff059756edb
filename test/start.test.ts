import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Demo } from "../scripts/start/demo.ts";
import { root } from "./dependency-rule/workspace.ts";

const home = mkdtempSync(join(tmpdir(), "acc-start-home-"));
const scratch = mkdtempSync(join(tmpdir(), "acc-start-scratch-"));
/** Of the build's own runs, beside what is looked through for leftovers: tests come in any order. */
const newHomes = mkdtempSync(join(tmpdir(), "acc-start-new-"));

afterAll(() => {
  for (const folder of [home, scratch, newHomes]) rmSync(folder, { recursive: true, force: true });
});

/** The command of the README after its build, in an empty home and without any key. */
function start(...args: string[]) {
  return spawnSync(process.execPath, ["--import", "tsx", "scripts/start/main.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: scratch },
    encoding: "utf8",
  });
}

describe("start --json", () => {
  const { status, stdout, stderr } = start("--json");

  test("ends well, with one JSON document alone on stdout", () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ offline: true });
  });

  test.each(["claude", "gemini", "groq", "openai"])(
    "shows a call to %s by its SDK, and the same again from the cache",
    (provider) => {
      const { providers, calls } = JSON.parse(stdout) as Demo;
      expect(providers.map((one) => one.provider)).toContain(provider);
      const call = calls.find((one) => one.provider === provider && one.mode === "sdk");
      expect(call?.first.error).toBeUndefined();
      expect(call?.first).toMatchObject({ mode: "sdk", cached: false, ms: expect.any(Number) });
      expect(call?.second).toMatchObject({ cached: true, text: call?.first.text, attempts: [] });
    },
  );

  test("shows a call that went through the other mode, the failed route first", () => {
    const { fallback } = JSON.parse(stdout) as Demo;
    expect(fallback).toMatchObject({ fallback: true, text: expect.stringMatching(/./) });
    const [failed, answered] = fallback.attempts;
    expect(fallback.attempts).toHaveLength(2);
    expect(failed?.code).toBe("OVERLOADED");
    expect(answered?.code).toBeUndefined();
    expect(answered?.mode).not.toBe(failed?.mode);
  });

  test("leaves nothing in the home or among the temporary files", () => {
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(scratch).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
  });
});

test("start says that it is offline, and what it shows", () => {
  const { status, stdout } = start();
  expect(status).toBe(0);
  expect(stdout).toMatch(/offline/);
  for (const word of [
    "claude",
    "gemini",
    "groq",
    "openai",
    "from the cache",
    "529",
    "fallback: true",
  ]) {
    expect(stdout).toContain(word);
  }
});

test("start names the options it knows when it is given another", () => {
  const { status, stderr } = start("--jsn");
  expect(status).toBe(2);
  expect(stderr).toMatch(/--jsn.*--json.*--live/);
});

test.each(["--help", "-h"])("start %s says what it does, and does nothing", (flag) => {
  const { status, stdout, stderr } = start(flag);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/--json[\s\S]*--live[\s\S]*--help/);
  expect(stdout).not.toContain("Calls:");
});

/** Its builder tells its maker what is run, and says so to nobody but who is new (turborepo.dev/docs/telemetry). */
test("the build that start begins with tells nobody of it", () => {
  const { build } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
  const path = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`;
  const dry = (line: string) => {
    const env = { PATH: path, HOME: mkdtempSync(join(newHomes, "home-")) };
    return spawnSync("sh", ["-c", `${line} --dry`], { cwd: root, env, encoding: "utf8" });
  };
  const { status, stderr } = dry(build);
  expect(status).toBe(0);
  expect(stderr).toMatch(/@acc\/cli/);
  expect(stderr).not.toMatch(/telemetry/i);
  expect(dry(build.replace("TURBO_TELEMETRY_DISABLED=1 ", "")).stderr).toMatch(/telemetry/i);
});

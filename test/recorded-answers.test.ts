import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./dependency-rule/workspace.ts";

/** A copy of the example, where it finds the packages. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-recorded-"));
  cpSync(join(root, "examples/recorded-answers"), folder, { recursive: true });
  symlinkSync(join(root, "examples/node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs its test as CI does: without a key, a command, or a home. */
function run() {
  const args = ["--import", import.meta.resolve("tsx"), "--test", "release-notes.test.ts"];
  const env = { CI: "true", HOME: folder, PATH: folder, TMPDIR: folder };
  return spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
}

test("the example's test passes by what is recorded, and leaves it as it is", {
  timeout: 60_000,
}, () => {
  const [name = ""] = readdirSync(join(folder, "answers"));
  const before = readFileSync(join(folder, "answers", name), "utf8");
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^# pass 1$/m) });
  expect(readdirSync(join(folder, "answers"))).toEqual([name]);
  expect(readFileSync(join(folder, "answers", name), "utf8")).toBe(before);
});

test("after a change of its prompt it says what differs, and asks nobody", {
  timeout: 60_000,
}, () => {
  const app = join(folder, "release-notes.ts");
  writeFileSync(app, readFileSync(app, "utf8").replace("for its users", "for its readers"));
  const { status, stdout } = run();
  expect(status).toBe(1);
  expect(stdout).toMatch(/NOT_CACHED/);
  expect(stdout).toMatch(/request\.system: asked ".*readers.*", recorded ".*users/);
});

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { belongings, leftBetween } from "./leftovers.ts";

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "acc-left-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a file that was left behind is found, those of tools are not", () => {
  const folder = temporary();
  const before = belongings(folder);
  writeFileSync(join(folder, "left"), "");
  writeFileSync(join(folder, "tsx-0"), "");
  const left = leftBetween(before, belongings(folder));
  expect(left.filter((what) => what.startsWith(folder))).toEqual([join(folder, "left")]);
});

test.runIf(process.platform === "linux")("a process that was left running is found", () => {
  const folder = temporary();
  const before = belongings(folder);
  const child = spawn("sleep", ["600"], { cwd: folder });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const left = leftBetween(before, belongings(folder));
  expect(left).toContain(`/proc/${child.pid}: sleep 600`);
});

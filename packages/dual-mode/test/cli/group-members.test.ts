import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { hasMembers } from "../../src/cli/group-members.ts";

test("a group that runs has members, one that never was has none", async () => {
  const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  expect(hasMembers(pid)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(hasMembers(pid)).toBe(false);
});

test.runIf(process.platform === "linux")("the dead whom nobody reaps do not count", async () => {
  // The shell becomes a sleep, which never looks after the child that led a group and has ended.
  const led = "until grep -q sleep /proc/$PPID/comm; do :; done";
  const script = `setsid sh -c '${led}' & echo $!; exec sleep 60`;
  const parent = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const group = Number(line.toString());
    await vi.waitFor(() => expect(process.kill(-group, 0)).toBe(true));
    await vi.waitFor(() => expect(hasMembers(group)).toBe(false));
    expect(process.kill(-group, 0)).toBe(true);
  } finally {
    parent.kill("SIGKILL");
  }
});

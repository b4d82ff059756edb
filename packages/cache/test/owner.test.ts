import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { leaseState } from "../src/store/lease-record.ts";
import { isGone, thisProcess } from "../src/store/owner.ts";

const lease = (changes = {}) => {
  const now = Date.now();
  return { token: "t", owner: thisProcess(), deadline: now + 5000, declined: false, ...changes };
};

test("a lease is held while its owner lives and has renewed it", () => {
  expect(leaseState(lease(), Date.now())).toBe("held");
  expect(leaseState(lease({ deadline: Date.now() - 1 }), Date.now())).toBe("free");
  expect(leaseState(lease({ declined: true }), Date.now())).toBe("declined");
  expect(leaseState(undefined, Date.now())).toBe("free");
});

test("a lease from the future was written before the clock went back, and is free", () => {
  expect(leaseState(lease({ deadline: Date.now() + 3_600_000 }), Date.now())).toBe("free");
});

test("a killed owner is gone at once; one on another machine is not known to be", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const owner = { ...thisProcess(), pid: child.pid as number, started: "" };
  expect(isGone(owner)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isGone(owner)).toBe(true);
  expect(isGone({ ...owner, machine: "elsewhere" })).toBe(false);
});

test.skipIf(process.platform !== "linux")("a later process with the same number is another", () => {
  expect(isGone(thisProcess())).toBe(false);
  expect(isGone({ ...thisProcess(), started: "1" })).toBe(true);
});

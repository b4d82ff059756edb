import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { KernelLock, kernelLocks } from "../src/file/kernel-lock.ts";
import { OwnerRecord } from "../src/file/owner-record.ts";
import { newIdentity } from "../src/file/process-identity.ts";
import { withLock } from "../src/file/with-lock.ts";
import { openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const path = (): string => join(temporaryFolder(), "some.json");

/** A process that is alive for as long as the test runs. */
async function bystander(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

/** The record that another process would have written. */
function recordOf(child: ChildProcess): Record<string, unknown> {
  const stat = readFileSync(`/proc/${child.pid}/stat`, "latin1");
  const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return { ...newIdentity(), pid: child.pid, thread: child.pid, start };
}

test("one holder at a time, in the order of release", async () => {
  const lock = path();
  let inside = 0;
  const most = await Promise.all(
    Array.from({ length: 12 }, () =>
      withLock(lock, 10_000, async () => {
        inside += 1;
        const seen = inside;
        await sleep(2);
        inside -= 1;
        return seen;
      }),
    ),
  );
  expect(Math.max(...most)).toBe(1);
  expect(existsSync(`${lock}.owner`)).toBe(false);
});

test("the lock is let go when the task throws", async () => {
  const lock = path();
  const failing = withLock(lock, 100, async () => {
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(await withLock(lock, 100, async () => "free")).toBe("free");
});

test("the kernel lock excludes another descriptor, and its file stays", async () => {
  const locks = await kernelLocks();
  if (!locks) return expect(process.env.CI, "fs-native-extensions must load in CI").toBeFalsy();
  const file = path();
  const [one, two] = [new KernelLock(locks, file), new KernelLock(locks, file)];
  expect([one.tryTake(), two.tryTake()]).toEqual([true, false]);
  one.release();
  expect(two.tryTake()).toBe(true);
  two.release();
  expect(existsSync(file)).toBe(true);
});

test("a live owner is waited for and then reported, not robbed; retryable", async () => {
  const lock = path();
  const holder = new OwnerRecord(`${lock}.owner`);
  expect(holder.tryTake()).toBe(true);
  const message = await failsWith(() => withLock(lock, 60, async () => undefined), "LOCK_TIMEOUT");
  expect(message).toContain(`rm ${lock}.owner`);
  holder.release();
  await withLock(lock, 60, async () => undefined);
});

test.skipIf(process.platform !== "linux")(
  "a dead owner is succeeded by exactly one of many",
  async () => {
    const lock = path();
    const child = await bystander();
    writeFileSync(`${lock}.owner`, JSON.stringify(recordOf(child)));
    const waiting = new OwnerRecord(`${lock}.owner`);
    expect(waiting.tryTake()).toBe(false);
    child.kill("SIGSTOP");
    expect(waiting.tryTake()).toBe(false);
    child.kill("SIGKILL");
    await once(child, "close");
    const many = Array.from({ length: 8 }, () => new OwnerRecord(`${lock}.owner`));
    const taken = many.filter((one) => one.tryTake());
    expect(taken).toHaveLength(1);
    for (const one of many) if (one !== taken[0]) one.abandon();
    taken[0]?.release();
    waiting.abandon();
    expect(readdirSync(join(lock, ".."))).toEqual([]);
  },
);

test.skipIf(process.platform !== "linux")(
  "an heir that died after its claim is succeeded as well",
  async () => {
    const lock = `${path()}.owner`;
    const dead = { ...newIdentity(), pid: 2 ** 22 + 1 };
    const heir = { ...newIdentity(), pid: 2 ** 22 + 2 };
    writeFileSync(lock, JSON.stringify(dead));
    writeFileSync(`${lock}.claim-${dead.nonce}`, JSON.stringify(heir));
    const next = new OwnerRecord(lock);
    expect(next.tryTake()).toBe(true);
    next.release();
    expect(readdirSync(join(lock, ".."))).toEqual([]);
  },
);

test("a claim that comes too late, on an owner already succeeded, takes nothing", () => {
  const lock = `${path()}.owner`;
  writeFileSync(lock, JSON.stringify({ ...newIdentity(), pid: 2 ** 22 + 1 }));
  const [first, late] = [new OwnerRecord(lock), new OwnerRecord(lock)];
  const kill = process.kill.bind(process);
  let taken = false;
  vi.spyOn(process, "kill").mockImplementation((pid, signal) => {
    if (!taken) {
      taken = true;
      expect(first.tryTake()).toBe(true);
    }
    return kill(pid, signal);
  });
  expect(late.tryTake()).toBe(false);
  expect(taken).toBe(true);
  late.abandon();
  first.release();
  expect(readdirSync(join(lock, ".."))).toEqual([]);
});

test.skipIf(process.platform !== "linux")(
  "a pid that was given to another process is a dead owner",
  async () => {
    const lock = `${path()}.owner`;
    const child = await bystander();
    writeFileSync(lock, JSON.stringify({ ...recordOf(child), start: "1" }));
    const next = new OwnerRecord(lock);
    expect(next.tryTake()).toBe(true);
    next.release();
  },
);

test("an owner on another machine is never replaced", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {}, lockTimeout: 60 });
  await secrets.set("first_api_key", "first-value-0001");
  const owner = join(directory, "acc-secrets.json.owner");
  writeFileSync(
    owner,
    JSON.stringify({ ...newIdentity(), pid: 2 ** 22 + 1, boot: "another", machine: "another" }),
  );
  await failsWith(() => secrets.set("first_api_key", "first-value-0002"), "LOCK_TIMEOUT");
  expect(existsSync(owner)).toBe(true);
});

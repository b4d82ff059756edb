import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { BatchError } from "../src/batch-error.ts";
import { takeLock } from "../src/journal/lock.ts";

const folder = mkdtempSync(join(tmpdir(), "acc-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No process has this number: the largest that Linux gives is 4,194,304. */
const nobody = 2 ** 30;

it("gives the lock of one that was killed to one of all that come at once", async () => {
  for (let round = 0; round < 50; round++) {
    const path = join(folder, `${round}.lock`);
    writeFileSync(path, JSON.stringify({ pid: nobody, host: hostname(), token: "gone" }));
    const takers = Array.from({ length: 8 }, async (_, index) => {
      await setTimeout(index % 3);
      return takeLock(path, "out.jsonl");
    });
    const settled = await Promise.allSettled(takers);
    const got = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(got).toHaveLength(1);
    expect(refused.every((error) => BatchError.is(error) && error.code === "BATCH_RUNNING")).toBe(
      true,
    );
    await got[0]?.();
    expect(readdirSync(folder)).toEqual([]);
  }
});

it("waits for what a lock says that was only just made", async () => {
  const path = join(folder, "young.lock");
  writeFileSync(path, "");
  const taken = takeLock(path, "out.jsonl");
  await setTimeout(50);
  writeFileSync(path, JSON.stringify({ pid: process.ppid, host: hostname(), token: "other" }));
  await expect(taken).rejects.toMatchObject({ code: "BATCH_RUNNING" });
  rmSync(path);
});

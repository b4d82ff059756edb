import { chmodSync, mkdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary.ts";
import { account, journal, open, take } from "./file-budgets-scene.ts";

describe("budgets in files", () => {
  test("are there again after a restart: settled ones, and those that nobody settled", async () => {
    const folder = temporaryFolder();
    const first = open(folder);
    expect(await first.take(take("a", 300))).toBe(true);
    expect(await first.take(take("b", 400))).toBe(true);
    expect(await first.take(take("c", 400))).toBe(false);
    await first.settle({ account, id: "a", amount: 100 });
    await first.close();
    const next = open(folder);
    expect(await next.spent(account)).toBe(500);
    expect(await next.take(take("d", 501))).toBe(false);
    expect(await next.take(take("d", 500))).toBe(true);
    // The call began before the restart, and ends after it.
    await next.settle({ account, id: "b", amount: 1 });
    expect(await next.spent(account)).toBe(601);
  });

  test("are the same for two servers that share a folder", async () => {
    const folder = temporaryFolder();
    const [here, there] = [open(folder), open(folder)];
    const tries = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? here : there).take(take(`n${index}`, 100)),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(10);
    expect([await here.spent(account), await there.spent(account)]).toEqual([1_000, 1_000]);
  });

  test("settle a call once", async () => {
    const budgets = open(temporaryFolder());
    await budgets.take(take("a", 500));
    for (const amount of [100, 100, 0]) await budgets.settle({ account, id: "a", amount });
    await budgets.settle({ account, id: "never", amount: 100 });
    expect(await budgets.spent(account)).toBe(100);
  });

  test("write nothing for who has spent all and asks on, but see what others give back", async () => {
    const folder = temporaryFolder();
    const [here, there] = [open(folder), open(folder)];
    await there.take(take("a", 900));
    await here.take(take("b", 100));
    const { size } = statSync(join(folder, journal));
    for (let time = 0; time < 50; time += 1) {
      expect(await here.take(take(`c${time}`, 1))).toBe(false);
    }
    expect(statSync(join(folder, journal)).size).toBe(size);
    await there.settle({ account, id: "a", amount: 500 });
    await there.spent(account);
    expect(await here.take(take("d", 400))).toBe(true);
  });

  test("are the user's alone", async () => {
    const folder = join(temporaryFolder(), "budgets");
    await open(folder).take(take("a", 1));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, journal)).mode & 0o777).toBe(0o600);
  });

  test("are refused in a folder that others may write to", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const budgets = open(folder);
    await expect(budgets.take(take("a", 1))).rejects.toMatchObject({ code: "UNSAFE_PERMISSIONS" });
    chmodSync(folder, 0o700);
    expect(await budgets.take(take("a", 1))).toBe(true);
  });

  test("take nothing while they cannot be written, and are whole once they can be", async () => {
    const folder = temporaryFolder();
    // A folder in the place of the journal: neither opened nor written, also by root.
    mkdirSync(join(folder, journal));
    const budgets = open(folder);
    for (let time = 0; time < 20; time += 1) {
      await expect(budgets.take(take("a", 1_000))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    await budgets.settle({ account, id: "a", amount: 5 });
    rmdirSync(join(folder, journal));
    expect(await budgets.take(take("b", 1_000))).toBe(true);
    expect(await budgets.spent(account)).toBe(1_000);
    const lines = readFileSync(join(folder, journal), "utf8").split("\n").filter(Boolean);
    expect(lines).toHaveLength(2);
  });
});

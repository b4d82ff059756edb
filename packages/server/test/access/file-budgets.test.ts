import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileBudgets } from "../../src/access/budgets/file-budgets.ts";
import { temporaryFolder } from "../support/temporary.ts";

const account = `k:${new Date().toISOString().slice(0, 10)}`;
const journal = `budgets-${account.slice(2, 9)}.log`;
const otherProcess = fileURLToPath(new URL("../support/budget-process.ts", import.meta.url));

function open(folder: string) {
  const budgets = fileBudgets(folder);
  onTestFinished(() => budgets.close());
  return budgets;
}

const take = (id: string, amount: number, limit = 1_000) => ({ account, id, amount, limit });

/** Another process that takes and settles; it is killed when it has said so many lines. */
function another(
  folder: string,
  limit: number,
  name: string,
  killAt = Number.POSITIVE_INFINITY,
  ...more: readonly string[]
) {
  const args = ["--import", "tsx", otherProcess, folder, account, String(limit), name, ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise<string[]>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.split("\n").length > killAt) child.kill("SIGKILL");
    });
    child.once("close", () => resolve(said.split("\n").filter((line) => line.startsWith("took "))));
  });
}

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

  test("lose nothing and overspend nothing where processes are killed in the middle", async () => {
    const folder = temporaryFolder();
    const limit = 400_000;
    const killed = await Promise.all([
      another(folder, limit, "a", 60),
      another(folder, limit, "b", 90),
    ]);
    expect(killed.every((lines) => lines.length >= 60)).toBe(true);
    const after = open(folder);
    const text = readFileSync(join(folder, journal), "utf8");
    const settled = text.split("\n").filter((line) => line.startsWith('["settle"')).length;
    const told = killed.flat().length;
    const spent = await after.spent(account);
    // Each that was told is there; at most one more of each process was taken and not told.
    expect(spent).toBeGreaterThanOrEqual(told * 1_000 - settled * 600);
    expect(spent).toBeLessThanOrEqual((told + 2) * 1_000 - settled * 600);
    await Promise.all([another(folder, limit, "c"), another(folder, limit, "d")]);
    const end = await after.spent(account);
    expect(end).toBeLessThanOrEqual(limit);
    expect(end).toBeGreaterThan(limit - 2_000);
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

  test("pass over a line that was cut, say so, and go on behind it", async () => {
    const folder = temporaryFolder();
    const first = open(folder);
    await first.take(take("a", 300));
    await first.close();
    appendFileSync(join(folder, journal), `["take","${account}","b",2`);
    const next = open(folder);
    expect(await next.take(take("c", 600))).toBe(true);
    expect(await next.spent(account)).toBe(900);
    expect(await next.check()).toEqual([expect.stringMatching(/^1 lines of .* do not count\.$/)]);
  });

  test.each([
    ["amounts that are none", `["take","${account}","x",-500,1000]`],
    ["amounts that are text", `["settle","${account}","a","0"]`],
    ["JSON of another kind", '{"take":1}'],
    ["lines nested without end", "[".repeat(100_000)],
    ["bytes of nothing", "\0".repeat(4_096)],
  ])("take no harm of %s", async (_, line) => {
    const folder = temporaryFolder();
    const first = open(folder);
    await first.take(take("a", 300));
    await first.close();
    appendFileSync(join(folder, journal), `\n${line}\n`);
    const next = open(folder);
    expect(await next.spent(account)).toBe(300);
    expect(await next.check()).toHaveLength(1);
  });

  test("read a journal of many pieces", async () => {
    const folder = temporaryFolder();
    const line = (id: number) => JSON.stringify(["take", account, `ä${id}`, 1, 1e9]);
    const lines = Array.from({ length: 50_000 }, (_, id) => line(id));
    writeFileSync(join(folder, journal), `${lines.join("\n")}\n`);
    expect(await open(folder).spent(account)).toBe(50_000);
  });

  test("are written anew once most of a journal tells of what is settled", async () => {
    const folder = temporaryFolder();
    const budgets = fileBudgets(folder, { longest: 4_096 });
    onTestFinished(() => budgets.close());
    expect(await budgets.take(take("open", 100, 1_000_000))).toBe(true);
    for (let call = 0; call < 200; call += 1) {
      expect(await budgets.take(take(`n${call}`, 50, 1_000_000))).toBe(true);
      await budgets.settle({ account, id: `n${call}`, amount: 7 });
    }
    const files = readdirSync(folder).filter((name) => name !== journal);
    expect(files.length).toBeLessThanOrEqual(2);
    const bytes = files.map((name) => statSync(join(folder, name)));
    for (const { size, mode } of bytes) {
      expect(size).toBeLessThan(8_192);
      expect(mode & 0o777).toBe(0o600);
    }
    expect(await budgets.spent(account)).toBe(100 + 200 * 7);
    // Also for a server that starts later, and for a call that began in an earlier file.
    const later = open(folder);
    await later.settle({ account, id: "open", amount: 1 });
    expect(await later.spent(account)).toBe(1 + 200 * 7);
    expect(await budgets.spent(account)).toBe(1 + 200 * 7);
  });

  test("are written anew by whoever comes next, where that was begun and not ended", async () => {
    const folder = temporaryFolder();
    const first = open(folder);
    await first.take(take("a", 300));
    await first.take(take("b", 200));
    await first.settle({ account, id: "b", amount: 50 });
    await first.close();
    // Behind the end nothing counts: its writer is not told that it did.
    const late = JSON.stringify(["take", account, "late", 500, 1_000]);
    appendFileSync(join(folder, journal), `\n["end"]\n\n${late}\n`);
    const next = open(folder);
    expect(await next.spent(account)).toBe(350);
    await next.settle({ account, id: "a", amount: 10 });
    expect(await next.take(take("c", 941))).toBe(false);
    expect(await next.take(take("c", 940))).toBe(true);
    expect(await open(folder).spent(account)).toBe(1_000);
  });

  test("lose nothing where processes are killed while a journal is written anew", async () => {
    const folder = temporaryFolder();
    const limit = 60_000;
    const anew = "1500";
    const killed = await Promise.all([
      another(folder, limit, "a", 25, anew),
      another(folder, limit, "b", 15, anew),
    ]);
    expect(readdirSync(folder).some((name) => name !== journal)).toBe(true);
    const told = killed.flat().length;
    const after = fileBudgets(folder, { longest: Number(anew) });
    onTestFinished(() => after.close());
    const spent = await after.spent(account);
    // Of two that were told one at most is settled, at 400; one more of each may be there.
    expect(spent).toBeGreaterThanOrEqual(told * 400);
    expect(spent).toBeLessThanOrEqual((told + 2) * 1_000);
    const [one, other] = await Promise.all([
      another(folder, limit, "c", undefined, anew),
      another(folder, limit, "d", undefined, anew),
    ]);
    const more = (one.length + other.length) * 1_000;
    const settled = (Math.floor(one.length / 2) + Math.floor(other.length / 2)) * 600;
    const end = await after.spent(account);
    expect(end).toBe(spent + more - settled);
    expect(end).toBeLessThanOrEqual(limit);
    expect(end).toBeGreaterThan(limit - 1_000);
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

  test("forget the journals of months that no period reaches", async () => {
    const folder = temporaryFolder();
    for (const month of ["2020-01", "2020-02"])
      writeFileSync(join(folder, `budgets-${month}.log`), "");
    writeFileSync(join(folder, "other.log"), "");
    await open(folder).take(take("a", 1));
    expect(readdirSync(folder).sort()).toEqual([journal, "other.log"]);
  });
});

import { appendFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileBudgets } from "../../src/access/budgets/file-budgets.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { account, journal, open, take } from "./file-budgets-scene.ts";

describe("budgets in files", () => {
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

  test("forget the journals of months that no period reaches", async () => {
    const folder = temporaryFolder();
    for (const month of ["2020-01", "2020-02"])
      writeFileSync(join(folder, `budgets-${month}.log`), "");
    writeFileSync(join(folder, "other.log"), "");
    await open(folder).take(take("a", 1));
    expect(readdirSync(folder).sort()).toEqual([journal, "other.log"]);
  });
});

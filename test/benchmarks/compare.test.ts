import { beforeEach, expect, test, vi } from "vitest";
import { compare, ratioOf, type Subject } from "../../benchmarks/harness/compare.ts";

/** Milliseconds; only the work that is measured moves it. */
let clock = 0;

beforeEach(() => {
  clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});

/** Work that takes so many microseconds, told which batches it ran. */
function subject(name: string, us: () => number, batches: [string, number][] = []): Subject {
  return {
    name,
    kind: "ours",
    batch(count) {
      batches.push([name, count]);
      clock += (count * us()) / 1000;
    },
  };
}

test("a figure is the median of the rounds, in the unit that was asked for", async () => {
  const costs = [9000, 1000, 4000];
  const uneven = subject("a", () => costs.shift() ?? 0);
  const rows = await compare([uneven], { reference: "a", rounds: 3, count: 1, unitUs: 1000 });
  expect(rows).toEqual([{ subject: "a", kind: "ours", figure: 4, ratio: 1 }]);
});

test("a ratio is the median of the rounds' own, for a machine is not as fast in each", async () => {
  const floors = [1, 10, 100];
  const ours = [3, 20, 400];
  const subjects = [
    subject("floor", () => floors.shift() ?? 0),
    subject("ours", () => ours.shift() ?? 0),
  ];
  const rows = await compare(subjects, { reference: "floor", rounds: 3, count: 1 });
  expect(ratioOf(rows, "ours", "floor")).toBeCloseTo(3);
  expect(rows.map(({ figure }) => Math.round(figure))).toEqual([10, 20]);
});

test("every round runs all, each time in another order, and a count that is fixed is kept", async () => {
  const batches: [string, number][] = [];
  const all = ["a", "b", "c"].map((name) => subject(name, () => 1, batches));
  await compare(all, { reference: "a", rounds: 3, count: 4 });
  expect(batches.map(([name]) => name).join("")).toBe("abcbcacab");
  expect(new Set(batches.map(([, count]) => count))).toEqual(new Set([4]));
});

test("without a count each batch is as long as asked for, after ten of them to get warm", async () => {
  const batches: [string, number][] = [];
  const fast = subject("fast", () => 10, batches);
  await compare([fast], { reference: "fast", rounds: 2, batchMs: 20 });
  const counts = batches.map(([, count]) => count);
  expect(counts.slice(-2)).toEqual([2000, 2000]);
  expect(counts.slice(0, -2).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(20_000);
});

test("work that waits is waited for", async () => {
  const waits: Subject = {
    name: "waits",
    kind: "peer",
    async batch(count) {
      await Promise.resolve();
      clock += count;
    },
  };
  const [row] = await compare([waits], { reference: "waits", rounds: 1, count: 3, unitUs: 1000 });
  expect(row?.figure).toBe(1);
});

test("a reference that is not among them is refused before anything runs", async () => {
  const batches: [string, number][] = [];
  const only = subject("a", () => 1, batches);
  await expect(compare([only], { reference: "b" })).rejects.toThrow("no subject is named b");
  expect(batches).toEqual([]);
});

import { expect, it } from "vitest";
import { progressBar, progressText } from "../src/batch/progress-text.ts";

const progress = {
  ...{ lines: 10_000, answered: 4_800, failed: 12, settled: 2_406, cached: 1_200, equal: 0 },
  ...{ cut: 0, spent: 0.4134, unpriced: 0 },
};

it("tells how far a batch is, how fast it goes and how long it takes from here", () => {
  expect(progressText({ progress, ms: 10_000 })).toBe(
    "4,812/10,000 (48 %)  241/s  22 s left  1,200 cached  12 failed  $0.4134",
  );
  const slow = { ...progress, settled: 10, spent: 12.5 };
  expect(progressText({ progress: slow, ms: 10_000 })).toContain("1.0/s  1 h 26 min left");
  expect(progressText({ progress: slow, ms: 10_000 })).toContain("$12.50");
});

it("fits its bar into the terminal, also before the first line and behind the last", () => {
  expect(progressBar({ progress, ms: 10_000 }, 40)).toHaveLength(39);
  expect(progressBar({ progress, ms: 10_000 }, 80)).toMatch(/^█{9}░{11} 4,812/);
  const none = { ...progress, lines: 0, answered: 0, failed: 0, settled: 0 };
  expect(progressBar({ progress: none, ms: 0 }, 80)).toMatch(/^█{20} 0\/0 \(100 %\) {2}1,200/);
});

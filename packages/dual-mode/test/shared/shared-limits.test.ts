import { expect, test } from "vitest";
import { LearnedLimit } from "../../src/pace/learned-limit.ts";
import { nothingLearned } from "../../src/pace/learned-state.ts";
import { ModelLimits } from "../../src/pace/model-limits.ts";
import type { SharedKey } from "../../src/shared/shared-key.ts";
import { SharedLimits } from "../../src/shared/shared-limits.ts";

test("a call that waits for what another machine's call finds goes on where Redis goes away", () => {
  const now = 1_000;
  const scouting = { limit: 1, period: 60_000, careful: true, released: 1, begun: now, window: 1 };
  const learned = new LearnedLimit(Math.random, { ...nothingLearned(), ...scouting });
  const known = new ModelLimits(learned);
  expect(known.readyAt(now, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  const key = { ahead: 0, isAlone: () => true, known: () => known } as unknown as SharedKey;
  const limits = new SharedLimits(key, "a-model", { size: 1 }, () => {});
  expect(limits.readyAt(now, Number.POSITIVE_INFINITY)).toBeLessThan(now + 1_000);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refillOf } from "../../src/cli/standby/refill.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the next process is started once, a moment behind the call's first line", () => {
  const start = vi.fn();
  const refill = refillOf(start);
  refill.soon();
  vi.advanceTimersByTime(50);
  expect(start).not.toHaveBeenCalled();
  vi.advanceTimersByTime(50);
  refill.now();
  expect(start).toHaveBeenCalledTimes(1);
});

test("it is started at the end of a call that is over before", () => {
  const start = vi.fn();
  const refill = refillOf(start);
  refill.soon();
  refill.now();
  vi.advanceTimersByTime(1_000);
  expect(start).toHaveBeenCalledTimes(1);
});

test("a call without a line, or one that was aborted, has none started", () => {
  const start = vi.fn();
  refillOf(start).now();
  const refill = refillOf(start);
  refill.soon();
  refill.never();
  refill.now();
  vi.advanceTimersByTime(1_000);
  expect(start).not.toHaveBeenCalled();
});

test("one that cannot be started ends no host", () => {
  const refill = refillOf(() => {
    throw new Error("EMFILE");
  });
  refill.soon();
  expect(() => vi.advanceTimersByTime(100)).not.toThrow();
});

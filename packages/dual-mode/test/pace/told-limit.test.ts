import { describe, expect, it } from "vitest";
import { ToldLimit } from "../../src/pace/told-limit.ts";

const wall = Date.UTC(2026, 10, 29);

function told(remaining: number, resetsIn: number, limit = 20, ofCalls = true): ToldLimit {
  const toldLimit = new ToldLimit();
  toldLimit.tell({ limit, remaining, resetsAt: wall + resetsIn }, ofCalls, 0, wall);
  return toldLimit;
}

describe("what a vendor tells of a limit", () => {
  it("lets as many go as remain", () => {
    const limit = told(2, 900);
    limit.release(0);
    limit.release(0);
    expect(limit.readyAt(0)).toBeGreaterThan(0);
  });

  it("lets one go each time that there is room for one again", () => {
    const limit = told(0, 1_000);
    expect(limit.readyAt(0)).toBe(50);
    limit.release(50);
    expect(limit.readyAt(50)).toBe(100);
  });

  it("waits for the whole where a call was refused that should have fitted", () => {
    const limit = told(0, 1_000);
    limit.release(50);
    limit.refused(60);
    expect(limit.readyAt(60)).toBe(1_000);
    expect(limit.readyAt(1_000)).toBe(1_000);
  });

  it("waits a little where no tokens are left", () => {
    expect(told(0, 1_000, 30_000, false).readyAt(0)).toBe(100);
    expect(told(5, 1_000, 30_000, false).readyAt(0)).toBe(0);
  });

  it.each([
    // elastic/beats#40106, CrowdStrike/psfalcon#53
    ["a reset in the past", -5_000],
    ["a reset now", 0],
    ["a reset of another clock's day", 86_400_000],
    ["a reset that is no time", Number.NaN],
  ])("is not believed with %s", (_, resetsIn) => {
    expect(told(0, resetsIn).readyAt(0)).toBe(0);
  });

  it("is not believed without a time (Metron-Project/mokkari#167)", () => {
    const limit = new ToldLimit();
    limit.tell({ remaining: 0 }, true, 0, wall);
    expect(limit.readyAt(0)).toBe(0);
  });
});

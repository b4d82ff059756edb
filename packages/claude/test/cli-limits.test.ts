import { describe, expect, it } from "vitest";
import { answer, cliScene, result } from "./cli-run-scene.ts";

const { play } = cliScene();

describe("a login's limits", () => {
  const told = (rate_limit_info: object) => ({ type: "rate_limit_event", rate_limit_info });
  const limitsOf = async (...events: readonly object[]) => {
    const { parts } = await play({
      lines: [...answer.slice(0, -1), ...events, ...answer.slice(-1)],
    });
    return parts.flatMap((part) => (part.type === "limits" ? [part.limits] : []));
  };

  // anthropics/claude-code#91857, #77018: as 2.1.259 and later tell them, and as those before
  it("are told in percent, with the times of their ends", async () => {
    const five_hour = { utilization: 0.24, resetsAt: 1_788_465_600, status: "allowed" };
    const seven_day = { utilization: 0.13, resetsAt: 1_789_005_600 };
    const event = { status: "allowed", resetsAt: 1_788_465_600, rateLimitType: "five_hour" };
    const all = { ...event, unifiedWindows: { five_hour, seven_day } };
    expect(await limitsOf(told(all))).toEqual([
      {
        fiveHours: { limit: 100, remaining: 76, resetsAt: 1_788_465_600_000 },
        week: { limit: 100, remaining: 87, resetsAt: 1_789_005_600_000 },
      },
    ]);
    expect(await limitsOf(told(event))).toEqual([{ fiveHours: { resetsAt: 1_788_465_600_000 } }]);
  });

  it("are those of the model's week where that binds, and none where nothing is told", async () => {
    const week = { status: "rejected", resetsAt: 1_789_005_600, rateLimitType: "seven_day_opus" };
    expect(await limitsOf(told({ ...week, utilization: 1 }))).toEqual([
      { week: { limit: 100, remaining: 0, resetsAt: 1_789_005_600_000 } },
    ]);
    for (const odd of [{}, { unifiedWindows: 7, resetsAt: "soon" }, { rateLimitType: "overage" }]) {
      expect(await limitsOf(told(odd))).toEqual([]);
    }
  });

  it("stand on the error of a limit that is reached", async () => {
    const resetsAt = Math.ceil(Date.now() / 1000) + 3_600;
    const lines = [
      told({ status: "rejected", resetsAt, rateLimitType: "five_hour" }),
      { ...result, is_error: true, result: "You've hit your limit" },
    ];
    const { error } = await play({ lines, exit: 1 });
    expect(error).toMatchObject({
      code: "QUOTA_EXHAUSTED",
      limits: { fiveHours: { limit: 100, remaining: 0, resetsAt: resetsAt * 1000 } },
    });
  });
});

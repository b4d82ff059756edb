import { givenCount, isMembers, type Limit, type Limits } from "@acc/dual-mode/provider";

const minute = 60_000;

/** Converts the limits of a plan, which Codex reports as a percentage of a window in minutes. */
export function toLimits(rateLimits: unknown): Limits {
  if (!isMembers(rateLimits)) return {};
  const limits: { fiveHours?: Limit; week?: Limit } = {};
  for (const window of [rateLimits.primary, rateLimits.secondary]) {
    if (!isMembers(window)) continue;
    const used = givenCount(window.usedPercent);
    const minutes = givenCount(window.windowDurationMins);
    const resets = givenCount(window.resetsAt);
    if (used === undefined || minutes === undefined) continue;
    const remaining = Math.max(0, 100 - used);
    const name = minutes * minute <= 6 * 60 * minute ? "fiveHours" : "week";
    limits[name] = { limit: 100, remaining, ...(resets && { resetsAt: resets * 1000 }) };
  }
  return limits;
}

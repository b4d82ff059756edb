import type { Limits } from "../contract/part.ts";
import { type RouteTarget, targetIdentity } from "../credentials/route-identity.ts";
import { processWide } from "../host/process-wide.ts";

/** The limits of a credential, as the vendor last reported them. */
export interface TimedLimits {
  /** The model, because vendors count for each model separately. */
  readonly model: string;
  readonly limits: Limits;
  /** When the vendor reported them, in ms since the epoch. */
  readonly at: number;
}

/** How many credentials are remembered; the one whose report is oldest is forgotten first. */
const most = 256;

const known = processWide("limits", () => new Map<string, TimedLimits>());

/**
 * Stores reported limits; members that only an earlier answer of the same model reported are kept.
 */
export function noteLimits(target: RouteTarget, limits: Limits): void {
  const { model } = target;
  const name = targetIdentity(target);
  const before = known.get(name);
  known.delete(name);
  const earlier = before?.model === model ? before.limits : {};
  known.set(name, { model, limits: { ...earlier, ...limits }, at: Date.now() });
  for (const oldest of known.keys()) {
    if (known.size <= most) break;
    known.delete(oldest);
  }
}

/** Returns the last report for any model; undefined if there was none in this process. */
export function knownLimits(target: Omit<RouteTarget, "model">): TimedLimits | undefined {
  return known.get(targetIdentity(target));
}

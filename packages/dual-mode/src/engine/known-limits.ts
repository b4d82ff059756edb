import type { Limits } from "../contract/part.ts";
import { type RouteTarget, targetIdentity } from "../credentials/route-identity.ts";
import { processWide } from "../host/process-wide.ts";

/** What a vendor said last of a credential's limits. */
export interface TimedLimits {
  /** Vendors count for each model apart. */
  readonly model: string;
  readonly limits: Limits;
  /** When it was reported, in milliseconds since the epoch. */
  readonly at: number;
}

/** Credentials of which limits are known; the one that was told of longest ago is forgotten first. */
const most = 256;

const known = processWide("limits", () => new Map<string, TimedLimits>());

/** Keeps what was said; what an earlier answer of the same model reported in addition stays. */
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

/** What was said last, whatever the model; undefined where nothing was said in this process. */
export function knownLimits(target: Omit<RouteTarget, "model">): TimedLimits | undefined {
  return known.get(targetIdentity(target));
}

import { isGone, type Owner } from "./owner.ts";

/** A lease that is not renewed runs out after this many ms. */
export const LEASE_LIFE = 10_000;

/** How long others know that an answer was not stored, in ms. */
export const DECLINED_LIFE = 2000;

export interface LeaseRecord {
  readonly token: string;
  readonly owner: Owner;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly declined: boolean;
}

export function leaseState(
  lease: LeaseRecord | undefined,
  now: number,
): "free" | "held" | "declined" {
  if (!lease || lease.deadline <= now) return "free";
  // Further off than any lease is given: the clock went back.
  if (lease.deadline > now + LEASE_LIFE) return "free";
  if (lease.declined) return "declined";
  return isGone(lease.owner) ? "free" : "held";
}

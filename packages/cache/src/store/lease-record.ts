import { isGone, type Owner } from "./owner.ts";

/** How long a lease lasts if it is not renewed, in ms. */
export const LEASE_LIFE = 10_000;

/** How long other processes see that a value was not stored, in ms. */
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
  // The deadline is later than any lease can have: the clock was set back.
  if (lease.deadline > now + LEASE_LIFE) return "free";
  if (lease.declined) return "declined";
  return isGone(lease.owner) ? "free" : "held";
}

/** @throws if the text is not a complete lease of this package */
export function parseLease(text: string): LeaseRecord {
  const lease = JSON.parse(text) as Partial<LeaseRecord> | null;
  const { token, deadline, owner } = lease ?? {};
  // The token becomes part of a file name.
  const isLease = /^[\w-]+$/.test(String(token)) && Number.isFinite(deadline) && owner;
  if (!isLease) throw new TypeError("The text is not a lease.");
  return lease as LeaseRecord;
}

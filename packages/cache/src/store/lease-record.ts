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

/** @throws where the text is no lease, but cut or somebody else's */
export function parseLease(text: string): LeaseRecord {
  const lease = JSON.parse(text) as Partial<LeaseRecord> | null;
  const { token, deadline, owner } = lease ?? {};
  // The token becomes a part of a file's name.
  const isLease = /^[\w-]+$/.test(String(token)) && Number.isFinite(deadline) && owner;
  if (!isLease) throw new TypeError("The text is not a lease.");
  return lease as LeaseRecord;
}

import { crypto } from "./crypto.ts";
import type { StoreBody, StoredEntry, StoredVersion } from "./store-body.ts";

/** How many revoked versions stay listed, without their values. */
const keptRevoked = 10;

export function currentOf(entry: StoredEntry): StoredVersion | undefined {
  return entry.versions.find((version) => version.state === "current");
}

export function pendingOf(entry: StoredEntry): StoredVersion | undefined {
  return entry.versions.find((version) => version.state === "pending");
}

/** Returns the current version, then the previous ones that are still valid, the newest first. */
export function liveVersions(entry: StoredEntry, now: number): StoredVersion[] {
  const previous = entry.versions.filter(
    ({ state, until }) => state === "previous" && (until ?? 0) > now,
  );
  return [currentOf(entry), ...previous.reverse()].filter((version) => version !== undefined);
}

/** Adds a version at the next number. */
export function addVersion(
  entry: StoredEntry,
  value: string,
  state: "pending" | "current",
  now: number,
): StoredVersion {
  const last = entry.versions.at(-1)?.version ?? 0;
  const added: StoredVersion = { version: last + 1, state, value, createdAt: now };
  if (state === "current") added.currentAt = now;
  entry.versions.push(added);
  return added;
}

/** Makes room for a new current version: the old one stays valid for `overlap` milliseconds. */
export function retireCurrent(entry: StoredEntry, overlap: number, now: number): void {
  const current = currentOf(entry);
  if (!current) return;
  if (overlap > 0) {
    current.state = "previous";
    current.until = now + overlap;
  } else {
    revokeVersion(entry, current);
  }
}

export function revokeVersion(entry: StoredEntry, version: StoredVersion): void {
  version.state = "revoked";
  delete version.value;
  delete version.until;
  const revoked = entry.versions.filter(({ state }) => state === "revoked");
  const dropped = new Set(revoked.slice(0, Math.max(0, revoked.length - keptRevoked)));
  entry.versions = entry.versions.filter((kept) => !dropped.has(kept));
}

/** Starts a new epoch of the audit, with a random key in base64. */
export function newAuditEpoch(body: StoreBody): void {
  body.audit.epochs.push(crypto().randomBytes(32).toString("base64"));
}

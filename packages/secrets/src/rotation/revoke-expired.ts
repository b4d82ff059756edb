import { currentOf, revokeVersion } from "../entries.ts";
import type { StoredEntry, StoredVersion } from "../store-body.ts";
import type { RotationPlan } from "./rotation-plan.ts";
import { asSecret, outside, type Rotator, step } from "./rotation-step.ts";

/** Revokes the previous versions whose overlap is over. Returns their numbers. */
export async function revokeExpired(
  rotator: Rotator,
  name: string,
  plan: RotationPlan,
): Promise<number[]> {
  const entry = (await rotator.vault.view()).find(name)?.entry;
  if (!entry) return [];
  const expired = expiredOf(entry, rotator.now());
  const newer = currentOf(entry)?.version ?? 0;
  for (const version of expired) {
    await outside(
      rotator,
      name,
      {
        code: "ROTATION_REVOKE_FAILED",
        message: (reason) =>
          `${name} has the new value, version ${newer}; the old one, version ` +
          `${version.version}, was NOT revoked: ${reason}. Call it again to revoke that one.`,
      },
      async () => {
        const secret = asSecret(name, version);
        if (secret) await plan.revoke?.(secret);
      },
    );
    await revoked(rotator, name, version.version);
  }
  return expired.map(({ version }) => version);
}

/** Marks a version as revoked. The rotation ends with the last expired version. */
export function revoked(rotator: Rotator, name: string, number: number): Promise<void> {
  return step(
    rotator,
    name,
    "revoked",
    (entry) => {
      const found = entry.versions.find(({ version }) => version === number);
      if (found) revokeVersion(entry, found);
      const isLast = expiredOf(entry, rotator.now()).length === 0;
      if (isLast && entry.rotation?.promoted !== undefined) delete entry.rotation;
    },
    number,
  );
}

/** Returns the previous versions whose overlap is over. */
export function expiredOf(entry: StoredEntry, now: number): StoredVersion[] {
  return entry.versions.filter(({ state, until }) => state === "previous" && (until ?? 0) <= now);
}

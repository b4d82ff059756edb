import { currentOf, pendingOf } from "../entries.ts";
import { fold } from "../names.ts";
import type { StoredEntry } from "../store-body.ts";
import { revokeExpired } from "./revoke-expired.ts";
import { rotate } from "./rotate.ts";
import type { DueReport, RotationPlan, RotationResult } from "./rotation-plan.ts";
import type { Rotator } from "./rotation-step.ts";

/**
 * Rotates the names that are due, continues interrupted rotations, and revokes old versions whose
 * overlap is over, wherever there is a plan. A failure of one name does not stop the others.
 */
export async function rotateDue(
  rotator: Rotator,
  names: readonly string[],
  plans: Readonly<Record<string, RotationPlan>>,
): Promise<DueReport> {
  const rotated: RotationResult[] = [];
  const due: string[] = [];
  const failed: { name: string; error: unknown }[] = [];
  const planned = new Map(Object.entries(plans).map(([name, plan]) => [fold(name), plan]));
  for (const name of names) {
    const entry = (await rotator.vault.view()).find(name)?.entry;
    const plan = planned.get(fold(name));
    if (!entry) continue;
    try {
      if (!isDue(entry, rotator.now())) {
        const revoked = plan ? await revokeExpired(rotator, name, plan) : [];
        const version = currentOf(entry)?.version ?? 0;
        if (revoked.length > 0) rotated.push({ name, version, revoked });
      } else if (plan) {
        rotated.push(await rotate(rotator, name, plan));
      } else {
        due.push(name);
      }
    } catch (error) {
      failed.push({ name, error });
    }
  }
  return { rotated, due, failed };
}

function isDue(entry: StoredEntry, now: number): boolean {
  const since = currentOf(entry)?.currentAt;
  const over =
    since !== undefined && now >= since + (entry.rotateAfter ?? Number.POSITIVE_INFINITY);
  return over || entry.rotation !== undefined || pendingOf(entry) !== undefined;
}

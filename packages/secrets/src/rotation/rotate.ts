import { crypto } from "../crypto.ts";
import { addVersion, currentOf, pendingOf, revokeVersion } from "../entries.ts";
import { SecretsError } from "../errors.ts";
import { bePresent, judgeOfPresence } from "../file/presence.ts";
import { parseIdentity } from "../file/process-identity.ts";
import { Secret } from "../secret.ts";
import type { StoredEntry } from "../store-body.ts";
import { checkValue } from "../values.ts";
import { expiredOf, revoked, revokeExpired } from "./revoke-expired.ts";
import type { RotationPlan, RotationResult } from "./rotation-plan.ts";
import { asSecret, letGo, outside, type Rotator, reasonOf, step } from "./rotation-step.ts";

export type { Rotator } from "./rotation-step.ts";

const day = 86_400_000;

interface Begun {
  readonly id: string;
  readonly current: Secret | undefined;
  readonly pending: Secret | undefined;
  readonly promoted: number | undefined;
  /** True if the pending value is older than the current one, which was set in the meantime. */
  readonly isOutdated: boolean;
  /**
   * When the value of an earlier run was created, in milliseconds since 1970; 0 if there is none.
   */
  readonly createdAt: number;
}

/** Creates, tests and promotes a new value; each step is durable before the next one starts. */
export async function rotate(
  everyone: Rotator,
  name: string,
  plan: RotationPlan,
): Promise<RotationResult> {
  const presence = await bePresent(everyone.vault.container.lockFile);
  try {
    return await rotateAs(JSON.stringify(presence.identity), everyone, name, plan);
  } finally {
    presence.end();
  }
}

async function rotateAs(
  owner: string,
  everyone: Rotator,
  name: string,
  plan: RotationPlan,
): Promise<RotationResult> {
  const rotator = { ...everyone, owner };
  const begun = await begin(rotator, name, owner, plan.restart ?? false);
  const anew = plan.restart || begun.isOutdated;
  await tellOfEarlier(rotator, name, begun, { ...plan, restart: anew });
  let version = begun.promoted;
  if (version === undefined) {
    let pending = begun.pending;
    if (pending && anew) {
      await giveUp(rotator, name, pending, plan);
      pending = undefined;
    }
    pending ??= await create(rotator, name, begun, plan);
    await test(rotator, name, pending, plan);
    version = await promote(rotator, name, pending, plan.overlap ?? day);
  }
  const revoked = await revokeExpired(rotator, name, plan);
  return { name, version, revoked };
}

/** Marks the rotation as owned by this process, or takes it over if its process is gone. */
async function begin(
  rotator: Rotator,
  name: string,
  owner: string,
  takeOver: boolean,
): Promise<Begun> {
  const isGone = await judgeOfPresence(rotator.vault.container.lockFile);
  return step(rotator, name, "started", (entry) => {
    const under = entry.rotation;
    const other = under?.owner ? parseIdentity(under.owner) : undefined;
    if (other && !takeOver && !isGone(other)) {
      throw new SecretsError(
        "ROTATION_IN_PROGRESS",
        `${name} is being rotated by another call. Try again when it is done; ` +
          "if it was on a machine that is gone, pass { restart: true }.",
        { retryable: true },
      );
    }
    const id = under?.id ?? crypto().randomUUID();
    const [current, pending] = [currentOf(entry), pendingOf(entry)];
    const promoted = under?.promoted === current?.version ? under?.promoted : undefined;
    entry.rotation = { id, owner, ...(promoted !== undefined && { promoted }) };
    return {
      id,
      current: asSecret(name, current),
      pending: asSecret(name, pending),
      promoted,
      isOutdated: (pending?.version ?? 0) < (current?.version ?? 0),
      createdAt: (promoted === undefined ? pending : current)?.createdAt ?? 0,
    };
  });
}

/**
 * Tells the caller, who may stop it, before the rotation continues with the value of an earlier
 * run.
 */
async function tellOfEarlier(
  rotator: Rotator,
  name: string,
  begun: Begun,
  plan: RotationPlan,
): Promise<void> {
  const isCurrent = begun.promoted !== undefined;
  const secret = isCurrent ? begun.current : begun.pending;
  if (!secret || (plan.restart && !isCurrent)) return;
  try {
    await plan.onResume?.({ name, secret, createdAt: new Date(begun.createdAt), isCurrent });
  } catch (error) {
    await step(rotator, name, "stopped", (entry) => letGo(entry, rotator));
    throw error;
  }
}

async function create(
  rotator: Rotator,
  name: string,
  begun: Begun,
  plan: RotationPlan,
): Promise<Secret> {
  const value = await outside(
    rotator,
    name,
    {
      code: "ROTATION_CREATE_FAILED",
      message: (reason) =>
        `The rotation of ${name} stopped: its create failed: ${reason}. ` +
        "Call rotate again to go on from there; the current value is as it was.",
    },
    async () => {
      const made = await plan.create({ name, rotationId: begun.id, current: begun.current });
      checkValue(name, made, true);
      return made;
    },
  );
  return step(rotator, name, "pending", (entry) => {
    const { version } = addVersion(entry, value, "pending", rotator.now());
    return new Secret(name, value, "store", { version });
  });
}

async function test(
  rotator: Rotator,
  name: string,
  pending: Secret,
  plan: RotationPlan,
): Promise<void> {
  try {
    if ((await plan.test?.(pending)) === false) throw new Error("The test answered false.");
  } catch (cause) {
    const refused = plan.isRefusal?.(cause) ?? false;
    const { version } = pending;
    const change = (entry: StoredEntry) => (refused ? drop(entry, version) : letGo(entry, rotator));
    await step(rotator, name, "ROTATION_TEST_FAILED", change, version);
    throw new SecretsError(
      "ROTATION_TEST_FAILED",
      refused
        ? `The new value of ${name} was refused and dropped: ${reasonOf(cause)}. ` +
            "The current value is as it was. Call rotate again with another one."
        : `The test of the new value of ${name} failed: ${reasonOf(cause)}. The value stays ` +
            "pending; the current value is as it was. Call rotate again to test it again, or with " +
            "{ restart: true } to make another.",
      { cause, retryable: !refused },
    );
  }
}

/**
 * Makes the tested value the current one. The rotation stays marked while an expired old value is
 * not revoked yet.
 */
function promote(rotator: Rotator, name: string, tested: Secret, overlap: number): Promise<number> {
  return step(rotator, name, "current", (entry) => {
    const now = rotator.now();
    const [old, next] = [currentOf(entry), pendingOf(entry)];
    if (next?.version !== tested.version || !next) throw takenOver(name);
    if (old) Object.assign(old, { state: "previous", until: now + overlap });
    Object.assign(next, { state: "current", currentAt: now });
    if (expiredOf(entry, now).length > 0 && entry.rotation) {
      entry.rotation.promoted = next.version;
    } else {
      delete entry.rotation;
    }
    return next.version;
  });
}

async function giveUp(
  rotator: Rotator,
  name: string,
  pending: Secret,
  plan: RotationPlan,
): Promise<void> {
  await outside(
    rotator,
    name,
    {
      code: "ROTATION_REVOKE_FAILED",
      message: (reason) =>
        `The pending value of ${name} was not given up, for it was not revoked: ${reason}. ` +
        "The current value is as it was. Call rotate again, or without revoke to drop it unrevoked.",
    },
    async () => plan.revoke?.(pending),
  );
  await revoked(rotator, name, pending.version ?? 0);
}

/** Drops the pending value and ends the rotation, unless another call has taken it over. */
function drop(entry: StoredEntry, number: number | undefined): void {
  const pending = pendingOf(entry);
  if (pending === undefined || pending.version !== number) return;
  revokeVersion(entry, pending);
  delete entry.rotation;
}

function takenOver(name: string): SecretsError {
  return new SecretsError(
    "ROTATION_IN_PROGRESS",
    `Another call has taken over the rotation of ${name}: the value that was tested here is not the ` +
      "pending one any more. The current value is as that call has it.",
    { retryable: true },
  );
}

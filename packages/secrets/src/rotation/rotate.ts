import type { StoreBody, StoredEntry, StoredVersion } from "../body.ts";
import { crypto } from "../crypto.ts";
import { addVersion, currentOf, pendingOf, revokeVersion } from "../entries.ts";
import { SecretsError } from "../errors.ts";
import { isDead, newIdentity, type ProcessIdentity } from "../file/process-identity.ts";
import { Secret } from "../secret.ts";
import { spellingOf } from "../stores/vault-store.ts";
import { checkValue } from "../values.ts";
import type { Vault } from "../vault.ts";
import type { RotationPlan, RotationResult } from "./rotation-plan.ts";

const day = 86_400_000;

/** What the steps of one rotation share. */
export interface Rotator {
  readonly vault: Vault;
  readonly now: () => number;
  readonly actor: { readonly actor?: string };
}

interface Begun {
  readonly id: string;
  readonly current: Secret | undefined;
  readonly pending: Secret | undefined;
  readonly promoted: number | undefined;
}

/** Creates, tests and promotes a new value; each step is durable before the next one begins. */
export async function rotate(
  rotator: Rotator,
  name: string,
  plan: RotationPlan,
): Promise<RotationResult> {
  const owner = JSON.stringify(newIdentity());
  const begun = await begin(rotator, name, owner, plan.restart ?? false);
  let version = begun.promoted;
  if (version === undefined) {
    let pending = begun.pending;
    if (pending && plan.restart) {
      await giveUp(rotator, name, pending, plan);
      pending = undefined;
    }
    pending ??= await create(rotator, name, begun, plan);
    await test(rotator, name, pending, plan);
    version = await promote(rotator, name, plan.overlap ?? day);
  }
  const revoked = await revokeExpired(rotator, name, plan);
  return { name, version, revoked };
}

/** Marks the rotation as this process's, or takes over one whose process died. */
function begin(rotator: Rotator, name: string, owner: string, takeOver: boolean): Promise<Begun> {
  return step(rotator, name, "started", (entry) => {
    const under = entry.rotation;
    if (under?.owner && !takeOver && !isDead(JSON.parse(under.owner) as ProcessIdentity)) {
      throw new SecretsError(
        "ROTATION_IN_PROGRESS",
        `${name} is being rotated by another call. Try again when it is done; ` +
          "if it was on a machine that is gone, pass { restart: true }.",
        { retryable: true },
      );
    }
    const id = under?.id ?? crypto().randomUUID();
    entry.rotation = { ...under, id, owner };
    return {
      id,
      current: asSecret(name, currentOf(entry)),
      pending: asSecret(name, pendingOf(entry)),
      promoted: under?.promoted,
    };
  });
}

async function create(
  rotator: Rotator,
  name: string,
  begun: Begun,
  plan: RotationPlan,
): Promise<Secret> {
  const value = await outside(rotator, name, "ROTATION_CREATE_FAILED", async () => {
    const made = await plan.create({ name, rotationId: begun.id, current: begun.current });
    checkValue(name, made, true);
    return made;
  });
  return step(rotator, name, "pending", (entry) => {
    const { version } = addVersion(entry, value, "pending", rotator.now());
    return new Secret(name, value, "store", version);
  });
}

async function test(
  rotator: Rotator,
  name: string,
  pending: Secret,
  plan: RotationPlan,
): Promise<void> {
  await outside(rotator, name, "ROTATION_TEST_FAILED", async () => {
    if ((await plan.test?.(pending)) === false) throw new Error("The test answered false.");
  });
}

/** The rotation stays marked until an old value without overlap is revoked. */
function promote(rotator: Rotator, name: string, overlap: number): Promise<number> {
  return step(rotator, name, "current", (entry) => {
    const now = rotator.now();
    const [old, next] = [currentOf(entry), pendingOf(entry)];
    if (!next) throw new SecretsError("NOT_FOUND", `${name} has no pending value any more.`);
    if (old) Object.assign(old, { state: "previous", until: now + overlap });
    Object.assign(next, { state: "current", currentAt: now });
    if (old && overlap === 0 && entry.rotation) entry.rotation.promoted = next.version;
    else delete entry.rotation;
    return next.version;
  });
}

/** Revokes the previous versions whose time is over; gives their numbers. */
export async function revokeExpired(
  rotator: Rotator,
  name: string,
  plan: RotationPlan,
): Promise<number[]> {
  const view = await rotator.vault.view();
  const now = rotator.now();
  const expired = (view.find(name)?.entry.versions ?? []).filter(
    ({ state, until }) => state === "previous" && (until ?? 0) <= now,
  );
  for (const version of expired) {
    await outside(rotator, name, "ROTATION_REVOKE_FAILED", async () => {
      const secret = asSecret(name, version);
      if (secret) await plan.revoke?.(secret);
    });
    await revoked(rotator, name, version.version);
  }
  return expired.map(({ version }) => version);
}

async function giveUp(
  rotator: Rotator,
  name: string,
  pending: Secret,
  plan: RotationPlan,
): Promise<void> {
  await outside(rotator, name, "ROTATION_REVOKE_FAILED", async () => plan.revoke?.(pending));
  await revoked(rotator, name, pending.version ?? 0);
}

function revoked(rotator: Rotator, name: string, number: number): Promise<void> {
  return step(
    rotator,
    name,
    "revoked",
    (entry) => {
      const found = entry.versions.find(({ version }) => version === number);
      if (found) revokeVersion(entry, found);
      if (entry.rotation?.promoted !== undefined) delete entry.rotation;
    },
    number,
  );
}

/** Runs the caller's part; its failure lets go of the rotation and changes no version. */
async function outside<T>(
  rotator: Rotator,
  name: string,
  code: "ROTATION_CREATE_FAILED" | "ROTATION_TEST_FAILED" | "ROTATION_REVOKE_FAILED",
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    await step(rotator, name, code, (entry) => {
      if (entry.rotation) entry.rotation.owner = "";
    });
    throw new SecretsError(
      code,
      `The rotation of ${name} stopped: its ${code.split("_")[1]?.toLowerCase()} failed. ` +
        "Call rotate again to go on from there; the current value is as it was.",
      { cause, retryable: true },
    );
  }
}

/** One durable step on one entry. */
function step<T>(
  rotator: Rotator,
  name: string,
  outcome: string,
  change: (entry: StoredEntry) => T,
  version?: number,
): Promise<T> {
  return rotator.vault.update((body: StoreBody) => {
    const spelling = spellingOf(body, name);
    if (spelling === undefined) {
      throw new SecretsError("NOT_FOUND", `${name} is not in the store. Set it first.`);
    }
    const entry = body.entries[spelling] as StoredEntry;
    const result = change(entry);
    const number = version ?? pendingOf(entry)?.version ?? currentOf(entry)?.version;
    const numbered = number === undefined ? {} : { version: number };
    const event = { ...rotator.actor, action: "rotate", name: spelling, ...numbered, outcome };
    return { result, events: [event] };
  });
}

function asSecret(name: string, version: StoredVersion | undefined): Secret | undefined {
  if (version?.value === undefined) return undefined;
  return new Secret(name, version.value, "store", version.version);
}

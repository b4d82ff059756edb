import { currentOf, pendingOf } from "../entries.ts";
import { SecretsError } from "../errors.ts";
import { redact } from "../redact.ts";
import { Secret } from "../secret.ts";
import type { StoreBody, StoredEntry, StoredVersion } from "../store-body.ts";
import { spellingOf } from "../stores/vault-store.ts";
import type { Vault } from "../vault.ts";

/** The values that the steps of a rotation share. */
export interface Rotator {
  readonly vault: Vault;
  readonly now: () => number;
  readonly actor: { readonly actor?: string };
  /** The process that owns this rotation; another call may take the rotation over. */
  readonly owner?: string;
}

/** Makes one durable change to an entry. */
export function step<T>(
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

interface StepFailure {
  readonly code: "ROTATION_CREATE_FAILED" | "ROTATION_REVOKE_FAILED";
  readonly message: (reason: string) => string;
}

/** Runs a function of the caller. If it fails, the rotation is released and no version changes. */
export async function outside<T>(
  rotator: Rotator,
  name: string,
  failure: StepFailure,
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    await step(rotator, name, failure.code, (entry) => letGo(entry, rotator));
    const message = failure.message(reasonOf(cause));
    throw new SecretsError(failure.code, message, { cause, retryable: true });
  }
}

/**
 * Returns the message of an error of the caller's function, redacted and without its final period.
 */
export function reasonOf(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  return redact(said).replace(/\.$/, "");
}

/** Releases the rotation as it is, so that the next call can continue it. */
export function letGo({ rotation }: StoredEntry, { owner }: Rotator): void {
  if (rotation && (owner === undefined || rotation.owner === owner)) rotation.owner = "";
}

export function asSecret(name: string, version: StoredVersion | undefined): Secret | undefined {
  if (version?.value === undefined) return undefined;
  return new Secret(name, version.value, "store", version);
}

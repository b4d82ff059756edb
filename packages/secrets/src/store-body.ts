import { SecretsError } from "./errors.ts";

/**
 * The state of a version: `previous` is still valid until its time; `revoked` no longer has a
 * value.
 */
export type VersionState = "pending" | "current" | "previous" | "revoked";

export interface StoredVersion {
  version: number;
  state: VersionState;
  value?: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** When the version became current, in milliseconds since 1970. */
  currentAt?: number;
  /** Until when a previous version is valid, in milliseconds since 1970. */
  until?: number;
}

/** A rotation in progress, and the process that runs it. */
export interface RotationIntent {
  id: string;
  /** The identity of the process that runs the rotation; empty if none does. */
  owner: string;
  /** The version that became current while an older one is still to be revoked. */
  promoted?: number;
}

export interface StoredEntry {
  versions: StoredVersion[];
  /** A version is due for rotation this many milliseconds after it became current. */
  rotateAfter?: number;
  rotation?: RotationIntent;
}

export interface AuditState {
  /** HMAC keys in base64, oldest first; a line names its epoch by the index. */
  epochs: string[];
  checkpoint: { seq: number; mac: string };
}

export interface PolicyRule {
  readonly effect: "allow" | "deny";
  readonly verbs: readonly string[];
  readonly names: readonly string[];
}

/** The content of a store's encrypted body. */
export interface StoreBody {
  entries: Record<string, StoredEntry>;
  roles: Record<string, readonly PolicyRule[]>;
  audit: AuditState;
}

export function emptyBody(): StoreBody {
  return { entries: {}, roles: {}, audit: { epochs: [], checkpoint: { seq: 0, mac: "" } } };
}

/** @throws SecretsError `STORE_DAMAGED` if the value does not have the shape of a body */
export function asBody(value: unknown): StoreBody {
  const body = value as Partial<StoreBody> | null;
  const shaped =
    isRecord(body?.entries) &&
    Object.values(body.entries).every(isEntry) &&
    isRecord(body.roles) &&
    Object.values(body.roles).every((rules) => Array.isArray(rules) && rules.every(isRule)) &&
    isAudit(body.audit);
  if (!shaped) {
    throw new SecretsError(
      "STORE_DAMAGED",
      'The body of the store is not shaped as one. Restore it with recover({ from: "backup" }).',
    );
  }
  return { entries: body.entries, roles: body.roles, audit: body.audit } as StoreBody;
}

function isEntry(value: unknown): boolean {
  const entry = value as Partial<StoredEntry> | null;
  return Array.isArray(entry?.versions) && entry.versions.every(isVersion);
}

function isRule(value: unknown): boolean {
  const { effect, verbs, names } = (value ?? {}) as Partial<PolicyRule>;
  return typeof effect === "string" && areStrings(verbs) && areStrings(names);
}

function isAudit(value: unknown): boolean {
  const { epochs, checkpoint } = (value ?? {}) as Partial<AuditState>;
  return (
    areStrings(epochs) &&
    Number.isSafeInteger(checkpoint?.seq) &&
    typeof checkpoint?.mac === "string"
  );
}

function areStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isVersion(value: unknown): boolean {
  const version = value as Partial<StoredVersion> | null;
  return (
    typeof version?.version === "number" &&
    typeof version.state === "string" &&
    (version.value === undefined || typeof version.value === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

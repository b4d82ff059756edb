import { isWellFormed } from "../key/well-formed.ts";
import { invalidOption } from "./invalid-option.ts";

/** Whose entry it is. Entries of different scopes are never shared. */
export interface Scope {
  /** 1 to 128 characters. @default the cache's own, else none */
  readonly namespace?: string | undefined;
  /** 1 to 128 characters. @default the cache's own, else none */
  readonly tenant?: string | undefined;
}

const LONGEST = 128;

/** What comes before the CID in a key: nothing without a scope, else `namespace/tenant/`. */
export function scopePrefix(scope: Scope): string {
  const { namespace, tenant } = scope;
  if (namespace === undefined && tenant === undefined) return "";
  return `${part("namespace", namespace)}/${part("tenant", tenant)}/`;
}

function part(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string" || value === "" || value.length > LONGEST || !isWellFormed(value)) {
    throw invalidOption(name, value, `a well-formed string of 1 to ${LONGEST} characters`);
  }
  return encodeURIComponent(value);
}

import { isWellFormed } from "../key/well-formed.ts";
import { invalidOption } from "./invalid-option.ts";

/** The owner of an entry. Entries are never shared between different scopes. */
export interface Scope {
  /** 1 to 128 characters. @default the cache's own, else none */
  readonly namespace?: string | undefined;
  /** 1 to 128 characters. @default the cache's own, else none */
  readonly tenant?: string | undefined;
}

const LONGEST = 128;

/** Returns the prefix of the CID in a key: empty without a scope, else `namespace/tenant/`. */
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

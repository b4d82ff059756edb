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

/** What stands before the CID in a key: nothing without a scope, else `namespace/tenant/`. */
export function scopePrefix(scope: Scope): string {
  const { namespace, tenant } = scope;
  if (namespace === undefined && tenant === undefined) return "";
  return `${part("namespace", namespace)}/${part("tenant", tenant)}/`;
}

/** Whether a key lies in a scope; a member of it that is absent matches any. */
export function inScope(scope: Scope): (key: string) => boolean {
  const namespace = scope.namespace === undefined ? undefined : part("namespace", scope.namespace);
  const tenant = scope.tenant === undefined ? undefined : part("tenant", scope.tenant);
  return (key) => {
    const [first = "", second = "", cid] = key.split("/");
    if (namespace !== undefined && (cid === undefined || first !== namespace)) return false;
    return tenant === undefined || (cid !== undefined && second === tenant);
  };
}

function part(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string" || value === "" || value.length > LONGEST || !isWellFormed(value)) {
    throw invalidOption(name, value, `a well-formed string of 1 to ${LONGEST} characters`);
  }
  return encodeURIComponent(value);
}

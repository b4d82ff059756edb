import { type Scope, scopePrefix } from "./scope.ts";

/** The prefix of a scope among keys; no key starts with it, because colons in keys are escaped. */
const SCOPE = "scope:";

/**
 * Returns the text form of a scope for an invalidation: `scope:` and the names of its namespace and
 * tenant, each if it has one.
 */
export function scopeTarget(scope: Scope): string {
  const [namespace = "", tenant = ""] = scopePrefix(scope).split("/");
  return `${SCOPE}${namespace}/${tenant}`;
}

/**
 * Returns a function that tells whether a key is the invalidated one, or is in the invalidated
 * scope.
 */
export function targetMatcher(target: string): (key: string) => boolean {
  if (!target.startsWith(SCOPE)) return (key) => key === target;
  const [namespace = "", tenant = ""] = target.slice(SCOPE.length).split("/");
  return (key) => {
    const [first = "", second = "", cid] = key.split("/");
    if (namespace !== "" && (cid === undefined || first !== namespace)) return false;
    return tenant === "" || (cid !== undefined && second === tenant);
  };
}

/** Returns the key if the target is a single one; undefined for a scope. */
export function keyOfTarget(target: string): string | undefined {
  return target.startsWith(SCOPE) ? undefined : target;
}

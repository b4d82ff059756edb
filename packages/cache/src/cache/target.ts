import { type Scope, scopePrefix } from "./scope.ts";

/** Stands for a scope among keys; no key begins so, for its colons are escaped. */
const SCOPE = "scope:";

/** How a scope is written where it is invalidated: `scope:`, and of namespace and tenant what it names. */
export function scopeTarget(scope: Scope): string {
  const [namespace = "", tenant = ""] = scopePrefix(scope).split("/");
  return `${SCOPE}${namespace}/${tenant}`;
}

/** Whether a key is what was invalidated, or lies in it. */
export function targetMatcher(target: string): (key: string) => boolean {
  if (!target.startsWith(SCOPE)) return (key) => key === target;
  const [namespace = "", tenant = ""] = target.slice(SCOPE.length).split("/");
  return (key) => {
    const [first = "", second = "", cid] = key.split("/");
    if (namespace !== "" && (cid === undefined || first !== namespace)) return false;
    return tenant === "" || (cid !== undefined && second === tenant);
  };
}

/** The one key that a target is; undefined for a scope. */
export function keyOfTarget(target: string): string | undefined {
  return target.startsWith(SCOPE) ? undefined : target;
}

import { AccessError } from "../access/access-error.ts";
import type { Identity, Permission } from "../contract/people.ts";

/** A name for a set of permissions. */
export type Role = "admin" | "viewer";

/**
 * The permissions of people: an e-mail address, `group:NAME` or `sub:SUBJECT`, each with a role or
 * a list of permissions. Whoever matches several entries has the permissions of all of them. Nobody
 * else is let in.
 */
export type Roles = Readonly<Record<string, Role | readonly Permission[]>>;

const roleNames: Readonly<Record<string, readonly Permission[]>> = {
  admin: ["page", "keys", "texts"],
  viewer: ["page"],
};
const permissionNames: readonly unknown[] = ["page", "keys", "texts"];

/**
 * Returns what is wrong with a table of roles, and the name of the entry; undefined if nothing is.
 */
export function rolesFault(roles: unknown): { name?: string; what: string } | undefined {
  if (typeof roles !== "object" || roles === null || Array.isArray(roles)) {
    return { what: "must be an object of names with their roles" };
  }
  if (Object.keys(roles).length === 0) return { what: "names nobody, so nobody could sign in" };
  for (const [name, role] of Object.entries(roles)) {
    if (!/^(group:.+|sub:.+|[^\s@:]+@[^\s@]+)$/.test(name)) {
      return { name, what: "must be an e-mail address, group:NAME or sub:SUBJECT" };
    }
    const isRole = typeof role === "string" && Object.hasOwn(roleNames, role);
    const isList = Array.isArray(role) && role.length > 0;
    if (isRole || (isList && role.every((one) => permissionNames.includes(one)))) continue;
    return { name, what: 'must be "admin", "viewer" or a list of "page", "keys" and "texts"' };
  }
  return undefined;
}

/**
 * Returns a function that looks up what a person may do. It reads the table each time, so a change
 * applies at once.
 *
 * @throws AccessError `INVALID_OPTION` for a table that is not valid
 */
export function permissionsBy(
  roles: Roles,
): (person: Identity) => Promise<ReadonlySet<Permission>> {
  const fault = rolesFault(roles);
  if (fault) {
    const place = fault.name === undefined ? "roles" : `roles: ${JSON.stringify(fault.name)}`;
    throw new AccessError("INVALID_OPTION", `${place} ${fault.what}.`);
  }
  return async ({ subject, email, groups }) => {
    const names = new Set([`sub:${subject}`, ...groups.map((group) => `group:${group}`)]);
    const given = Object.entries(roles).filter(
      ([name]) => names.has(name) || (email !== undefined && name.toLowerCase() === email),
    );
    const all = given.flatMap(([, role]) =>
      typeof role === "string" ? (roleNames[role] ?? []) : role,
    );
    return new Set<Permission>(all.length > 0 ? ["page", ...all] : []);
  };
}

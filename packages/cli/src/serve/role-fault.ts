/** What is wrong with a part of the config file, and where in it. */
export interface ParseFault {
  readonly place: readonly string[];
  readonly what: string;
}

const roleNames: readonly unknown[] = ["admin", "viewer"];
const permissions: readonly unknown[] = ["page", "keys", "texts"];

/**
 * The first fault in a table of roles, as the server would find it: commands without a server check
 * it too.
 */
export function roleFault(roles: unknown): ParseFault | undefined {
  const isTable = typeof roles === "object" && roles !== null && !Array.isArray(roles);
  if (!isTable || Object.keys(roles).length === 0) {
    return {
      place: [],
      what: 'needs "roles": people by their addresses or groups, with a role each',
    };
  }
  for (const [name, role] of Object.entries(roles)) {
    const place = ["roles", name];
    if (!/^(group:.+|sub:.+|[^\s@:]+@[^\s@]+)$/.test(name)) {
      return { place, what: "must be an e-mail address, group:NAME or sub:SUBJECT" };
    }
    const isList = Array.isArray(role) && role.length > 0;
    if (roleNames.includes(role) || (isList && role.every((each) => permissions.includes(each)))) {
      continue;
    }
    return { place, what: 'must be "admin", "viewer" or a list of "page", "keys" and "texts"' };
  }
  return undefined;
}

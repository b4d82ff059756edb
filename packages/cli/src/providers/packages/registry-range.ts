import { isMembers } from "@acc/dual-mode/provider";

/** The forms of a dependency from a registry: a range, a tag, or another name in the registry. */
const ofRegistry = /^(npm:(@[\w.~-]+\/)?[\w.~-]+(@|$))?[\w.+~^<>=*|, -]*$/;

/** The first dependency that comes from outside a registry: git, an address, a folder. */
export function foreignDependency(manifest: Readonly<Record<string, unknown>>): string | undefined {
  for (const member of ["dependencies", "optionalDependencies"]) {
    const named = isMembers(manifest[member]) ? manifest[member] : {};
    const found = Object.entries(named).find(([, range]) => !ofRegistry.test(String(range)));
    if (found !== undefined) return `${found[0]} from ${String(found[1])}`;
  }
  return undefined;
}

import { isMembers } from "@acc/dual-mode/provider";

/** What a dependency of a registry is called: a range, a tag, or another name in the registry. */
const ofRegistry = /^(npm:(@[\w.~-]+\/)?[\w.~-]+(@|$))?[\w.+~^<>=*|, -]*$/;

/** The first dependency that would come from elsewhere than a registry: git, an address, a folder. */
export function foreignDependency(manifest: Readonly<Record<string, unknown>>): string | undefined {
  for (const member of ["dependencies", "optionalDependencies"]) {
    const named = isMembers(manifest[member]) ? manifest[member] : {};
    const found = Object.entries(named).find(([, range]) => !ofRegistry.test(String(range)));
    if (found !== undefined) return `${found[0]} from ${String(found[1])}`;
  }
  return undefined;
}

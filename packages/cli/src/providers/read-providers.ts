import { getNodeValue, type Node } from "jsonc-parser";
import { nearest } from "../input/nearest.ts";
import { providerNames } from "./built-in.ts";
import { memberChecks } from "./member-checks.ts";
import { installedNames } from "./packages/installed.ts";
import { presetNames } from "./preset-names.ts";
import {
  nameForm,
  needsAddress,
  type ProviderSetting,
  type ProviderSettings,
  serverMembers,
  sharedOptions,
  vendorOptions,
} from "./provider-setting.ts";

/** Creates the error for a fault in the file, with its place. */
export type Refuse = (node: Node, what: string) => Error;

/**
 * Reads the member `providers` of the config file, and checks each provider.
 * @throws what `refuse` returns for the first fault
 */
export function readProviders(root: Node, refuse: Refuse): ProviderSettings {
  if (root.type !== "object") throw refuse(root, '"providers" must be an object');
  return Object.fromEntries(
    pairsOf(root).map(([key, value]) => [key.value, readProvider(key, value, refuse)]),
  );
}

function readProvider(key: Node, node: Node, refuse: Refuse): ProviderSetting {
  const name = String(key.value);
  if (!nameForm.test(name)) {
    throw refuse(key, `"${name}" must be lower-case letters, digits and dashes, a letter first`);
  }
  if (node.type !== "object") throw refuse(node, `"providers.${name}" must be an object`);
  const given = getNodeValue(node) as ProviderSetting;
  const setting = { ...given, ...kindOf(name, given, (what) => refuse(node, what)) };
  const members = membersOf(setting);
  for (const [memberKey, value] of pairsOf(node)) {
    const member = String(memberKey.value);
    if (!members.includes(member)) throw refuse(memberKey, unknownMember(name, member, members));
    const fault = memberChecks[member]?.(getNodeValue(value));
    if (fault !== undefined) throw refuse(value, `"providers.${name}.${member}" ${fault}`);
  }
  if (needsAddress(setting)) {
    throw refuse(node, `"providers.${name}" needs "baseUrl", the address of its server`);
  }
  return setting;
}

/** The provider or server that a provider is like, from its setting or from its name alone. */
function kindOf(
  name: string,
  { like, compatible }: ProviderSetting,
  refuse: (what: string) => Error,
): Pick<ProviderSetting, "like" | "compatible"> {
  const ofOurs = providerNames.includes(name) || presetNames.includes(name);
  const said = like ?? compatible ?? (ofOurs ? name : undefined);
  const path = `"providers.${name}"`;
  if (said === undefined) {
    throw refuse(`${path} needs "compatible": "openai", or "like" and a provider`);
  }
  if (like !== undefined && compatible !== undefined) {
    throw refuse(`${path} has both "like" and "compatible": leave one of them out`);
  }
  if (ofOurs && said !== name) {
    throw refuse(`${path}: acc has a provider of that name itself; give this one another`);
  }
  if (compatible === "openai" || presetNames.includes(said)) return { compatible: said };
  const likely = [...providerNames, ...installedNames()];
  if (compatible === undefined && likely.includes(said)) return { like: said };
  const known = compatible === undefined ? [...likely, ...presetNames] : ["openai", ...presetNames];
  const near = nearest(String(said), known);
  const hint = near ? `did you mean "${near}"?` : `there are ${known.join(", ")}`;
  throw refuse(`${path}: no provider is named ${JSON.stringify(said)}; ${hint}`);
}

function membersOf({ like }: ProviderSetting): readonly string[] {
  const own = like === undefined ? serverMembers : vendorOptions;
  return ["like", "compatible", "key", ...sharedOptions, ...own];
}

function unknownMember(name: string, member: string, members: readonly string[]): string {
  const near = nearest(member, members);
  const hint = near ? `did you mean "${near}"?` : `there are ${members.join(", ")}`;
  return `"providers.${name}" has no member "${member}"; ${hint}`;
}

function pairsOf(node: Node): readonly [Node, Node][] {
  return (node.children ?? []).map(({ children }) => children as [Node, Node]);
}

import { getNodeValue, type Node } from "jsonc-parser";
import type { Refuse } from "../providers/read-providers.ts";
import { checkMember, pairsOf } from "./setting-members.ts";
import { type WrapProvider, wrapMembers, wrapProviders } from "./wrap-providers.ts";

/** The service that seals the wrapping key of the file store: `secrets.wrap` of the config file. */
export interface WrapSetting {
  readonly provider: WrapProvider;
  /** The service's own key: an id, ARN or alias of KMS, a name in Transit. */
  readonly key: string;
  readonly [member: string]: unknown;
}

/** @throws what `refuse` returns for the first fault */
export function checkWrapSetting(
  root: Node,
  check: (member: string, value: Node) => void,
  refuse: Refuse,
) {
  if (root.type !== "object") throw refuse(root, '"secrets.wrap" must be an object');
  const given = getNodeValue(root) as Record<string, unknown>;
  const { provider } = given;
  if (typeof provider !== "string" || !Object.hasOwn(wrapMembers, provider)) {
    const names = wrapProviders.join(", ");
    throw refuse(root, `"secrets.wrap.provider" must be one of ${names}`);
  }
  const { needed, more } = wrapMembers[provider as WrapProvider];
  for (const [key, value] of pairsOf(root)) {
    checkMember("secrets.wrap", key, ["provider", ...needed, ...more], refuse);
    if (key.value !== "provider") check(String(key.value), value);
  }
  const missing = needed.find((member) => given[member] === undefined);
  if (missing !== undefined) {
    throw refuse(root, `"secrets.wrap" needs "${missing}" for ${provider}`);
  }
}

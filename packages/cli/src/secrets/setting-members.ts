import type { Node } from "jsonc-parser";
import { nearest } from "../input/nearest.ts";
import type { Refuse } from "../providers/read-providers.ts";

/** @throws what `refuse` returns for an unknown member */
export function checkMember(
  of: string,
  key: Node,
  members: readonly string[],
  refuse: Refuse,
): void {
  const name = String(key.value);
  if (members.includes(name)) return;
  const near = nearest(name, members);
  const hint = near ? `did you mean "${near}"?` : `there are ${members.join(", ")}`;
  throw refuse(key, `"${of}" has no "${name}"; ${hint}`);
}

export function pairsOf(node: Node): readonly [Node, Node][] {
  return (node.children ?? []).map(({ children }) => children as [Node, Node]);
}

import type { WireRequest } from "../wires/wire.ts";

/** UTF-16 units of a prompt that are shown. */
const longest = 2_000;

/** The last text of a user, for an owner who wants to see the prompts. */
export function lastSaid({ messages }: WireRequest): string | undefined {
  const last = messages.findLast(({ role }) => role === "user");
  if (last === undefined) return undefined;
  if (typeof last.content === "string") return last.content.slice(0, longest);
  const texts = last.content.flatMap((piece) => (piece.type === "text" ? [piece.text] : []));
  return texts.join("\n").slice(0, longest);
}

import type { CanonicalMessage, CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";

/** Features that a request needs if it has the member of that name. */
const members = [
  "system",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "seed",
  "reasoning",
  "topK",
  "presencePenalty",
  "frequencyPenalty",
  "schema",
  "json",
  "tools",
  "toolChoice",
  "parallelTools",
  "vendor",
] as const satisfies readonly (Feature & keyof CanonicalRequest)[];

/** Returns the features that a mode needs to support this request in full. */
export function requiredFeatures(request: CanonicalRequest): readonly Feature[] {
  const { messages, tools } = request;
  const needed = new Set<Feature>(members.filter((name) => request[name] !== undefined));
  if (messages.length > 1) needed.add("multiTurn");
  if (tools?.some(({ strict }) => strict === true)) needed.add("strictTools");
  for (const message of messages) addNeedsOf(message, needed);
  return [...needed];
}

function addNeedsOf({ role, content }: CanonicalMessage, needed: Set<Feature>): void {
  if (role === "system") needed.add("systemTurns");
  if (role === "tool") needed.add("tools");
  for (const piece of content) {
    if (piece.type === "tool-call") needed.add("tools");
    if (piece.type !== "image" && piece.type !== "file") continue;
    needed.add(piece.type === "image" ? "images" : "files");
    if (piece.url !== undefined) needed.add(piece.type === "image" ? "imageUrls" : "fileUrls");
  }
}

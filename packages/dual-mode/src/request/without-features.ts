import type { Lenient } from "../contract/call-options.ts";
import type { CanonicalMessage, CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";
import { featureNames } from "./feature-names.ts";

/** Features without which an answer is worthless: left out only if the caller names them. */
const indispensable: ReadonlySet<Feature> = new Set([
  "tools",
  "toolChoice",
  "schema",
  "images",
  "files",
  "imageUrls",
  "fileUrls",
]);
const dispensable: ReadonlySet<Feature> = new Set(
  featureNames.filter((feature) => !indispensable.has(feature)),
);
const nothing: ReadonlySet<Feature> = new Set();

/** Returns the features that the caller allows a mode to leave out. */
export function lenientFeatures(lenient: Lenient | undefined): ReadonlySet<Feature> {
  if (lenient === true) return dispensable;
  return lenient ? new Set(lenient) : nothing;
}

/** Returns the request without the features that a mode lacks, for a lenient call. */
export function withoutFeatures(
  request: CanonicalRequest,
  missing: readonly Feature[],
): CanonicalRequest {
  if (missing.length === 0) return request;
  const lacks: ReadonlySet<string> = new Set([...missing, ...missing.flatMap(withIt)]);
  const kept = Object.entries(request).filter(([name]) => !lacks.has(name));
  const turns = lacks.has("multiTurn") ? request.messages.slice(-1) : request.messages;
  const messages = turns.flatMap((message) => withoutPieces(message, lacks));
  const tools = lacks.has("strictTools")
    ? request.tools?.map(({ strict: _, ...tool }) => tool)
    : undefined;
  return {
    ...Object.fromEntries(kept),
    messages,
    ...(tools && { tools }),
  } as unknown as CanonicalRequest;
}

/** Returns the members that mean nothing without the feature that is left out. */
function withIt(feature: Feature): readonly (keyof CanonicalRequest)[] {
  if (feature === "tools") return ["toolChoice", "parallelTools"];
  return feature === "schema" ? ["schemaName"] : [];
}

function withoutPieces(
  message: CanonicalMessage,
  lacks: ReadonlySet<string>,
): readonly CanonicalMessage[] {
  if (message.role === "assistant") return [message];
  if (message.role === "system") return lacks.has("systemTurns") ? [] : [message];
  const content = message.content.filter((piece) => {
    if (piece.type === "text") return true;
    const linked = piece.url !== undefined && lacks.has(`${piece.type}Urls`);
    return !linked && !lacks.has(`${piece.type}s`);
  });
  return [{ ...message, content }];
}

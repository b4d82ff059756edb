import type { ChatRequest, Feature } from "@acc/dual-mode";

const settings: ReadonlySet<string> = new Set<Feature & keyof ChatRequest>([
  "temperature",
  "topP",
  "topK",
  "presencePenalty",
  "frequencyPenalty",
  "seed",
  "stop",
  "maxOutputTokens",
  "reasoning",
  "parallelTools",
  "json",
  "vendor",
]);

/**
 * What of this request a mode may leave out, with a warning, as an AI SDK app is used to. Nothing of
 * what the model is told: neither the conversation nor tools, schema and files. JSON of no given
 * shape is asked for in words too.
 */
export function lenience(request: ChatRequest): readonly Feature[] {
  const given: Feature[] = [];
  for (const name in request) {
    const isGiven = request[name as keyof ChatRequest] !== undefined;
    if (isGiven && settings.has(name)) given.push(name as Feature);
  }
  if (request.tools?.some(({ strict }) => strict)) given.push("strictTools");
  return given;
}

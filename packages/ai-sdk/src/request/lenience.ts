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
 * Returns the features of a request that a mode may leave out with a warning, as AI SDK apps
 * expect. Nothing that the model reads is among them: neither the conversation nor tools, schemas
 * and files. JSON without a schema is, because the prompt asks for it too.
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

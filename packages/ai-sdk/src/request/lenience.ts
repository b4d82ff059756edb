import type { ChatRequest, Feature } from "@acc/dual-mode";

const settings = [
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
] as const satisfies readonly (Feature & keyof ChatRequest)[];

/**
 * What of this request a mode may leave out, with a warning, as an AI SDK app is used to. Nothing of
 * what the model is told: neither the conversation nor tools, schema and files. JSON of no given
 * shape is asked for in words too.
 */
export function lenience(request: ChatRequest): readonly Feature[] {
  const given: Feature[] = settings.filter((name) => request[name] !== undefined);
  if (request.tools?.some(({ strict }) => strict)) given.push("strictTools");
  return given;
}

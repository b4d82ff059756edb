import type { CallOptions, ChatRequest, Feature } from "@acc/dual-mode";
import type { ProviderOptions } from "../contract/prompt.ts";
import { invalidArgument } from "../errors/refusals-of-ours.ts";

/** What `providerOptions.acc` of a call may say; the engine checks the values. */
export type OwnOptions = Pick<
  CallOptions,
  | "prefer"
  | "only"
  | "billing"
  | "cache"
  | "tenant"
  | "user"
  | "timeout"
  | "promptCache"
  | "lenient"
  | "waitForLimits"
> &
  Pick<ChatRequest, "sample" | "vendor" | "reasoning" | "parallelTools">;

const members: Readonly<Record<keyof OwnOptions, "call" | "request">> = {
  prefer: "call",
  only: "call",
  billing: "call",
  cache: "call",
  tenant: "call",
  user: "call",
  timeout: "call",
  promptCache: "call",
  lenient: "call",
  waitForLimits: "call",
  sample: "request",
  vendor: "request",
  reasoning: "request",
  parallelTools: "request",
};

/**
 * What a mode may leave out, with a warning, as an AI SDK app is used to. Nothing of what the model
 * is told: neither the conversation nor tools, schema and files. JSON of no given shape is asked for
 * in words too.
 */
const lenient: readonly Feature[] = [
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
  "strictTools",
  "json",
  "vendor",
];
const none: OwnOptions = {};

/** @throws InvalidArgumentError for a member that there is not */
export function ownOptions(all: ProviderOptions | undefined): OwnOptions {
  const own = all?.acc;
  if (own === undefined) return none;
  const unknown = Object.keys(own).find((name) => !Object.hasOwn(members, name));
  if (unknown === undefined) return own;
  throw invalidArgument(
    "providerOptions.acc",
    `providerOptions.acc has no member "${unknown}". Its members are ${Object.keys(members).sort().join(", ")}.`,
  );
}

export function callOptions(own: OwnOptions, signal: AbortSignal | undefined): CallOptions {
  return { lenient, ...membersOf(own, "call"), ...(signal && { signal }) };
}

export function requestOptions(own: OwnOptions): Partial<ChatRequest> {
  return membersOf(own, "request");
}

function membersOf(own: OwnOptions, place: "call" | "request"): object {
  if (own === none) return own;
  return Object.fromEntries(
    Object.entries(own).filter(([name]) => members[name as keyof OwnOptions] === place),
  );
}

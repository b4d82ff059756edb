import type { Attempt, Reply } from "@acc/dual-mode";
import type { JsonValue, ProviderMetadata } from "../contract/json.ts";
import { defined } from "../defined.ts";

/** The members of a reply that the AI SDK has no place for. */
type Told = Pick<Reply, "attempts"> & Partial<Reply>;

/** Returns how the answer was made, as `providerMetadata.acc`. */
export function metadataOf(reply: Told): ProviderMetadata {
  const { provider, mode, cached, fallback, cid, cost, limits, attempts, warnings = [] } = reply;
  const acc: Record<string, JsonValue> = {};
  if (provider !== undefined) acc.provider = provider;
  if (mode !== undefined) acc.mode = mode;
  if (cached !== undefined) acc.cached = cached;
  if (fallback !== undefined) acc.fallback = fallback;
  if (cid !== undefined) acc.cid = cid;
  if (cost) acc.cost = { ...cost };
  if (limits) acc.limits = toJson(limits);
  acc.attempts = attempts.map(toAttempt);
  if (warnings.length > 0) acc.warnings = toJson(warnings);
  return { acc };
}

function toAttempt({ usage, ...attempt }: Attempt): JsonValue {
  return defined({ ...attempt, usage: usage && toJson(usage) });
}

/** Converts a value that contains only JSON, and members that may be undefined. */
function toJson(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

/** Returns the metadata that the AI SDK sends back with a part in the next step. */
export function signatureMetadata(signature: string | undefined): {
  providerMetadata?: ProviderMetadata;
} {
  return signature === undefined ? {} : { providerMetadata: { acc: { signature } } };
}

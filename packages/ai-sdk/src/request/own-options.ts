import type { CallOptions, ChatRequest } from "@acc/dual-mode";
import type { ProviderOptions } from "../contract/prompt.ts";
import { invalidArgument } from "../errors/refusals-of-ours.ts";

/** The members of `providerOptions.acc`; the engine checks their values. */
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

const none: OwnOptions = {};
const nonePlaced = { call: none, request: none };

/** @throws InvalidArgumentError for an unknown member */
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

/** Divides the app's options into those of the call and members of the request. */
export function placed(own: OwnOptions): {
  readonly call: CallOptions;
  readonly request: Partial<ChatRequest>;
} {
  if (own === none) return nonePlaced;
  const placedAt = (place: "call" | "request") =>
    Object.fromEntries(
      Object.entries(own).filter(([name]) => members[name as keyof OwnOptions] === place),
    );
  return { call: placedAt("call"), request: placedAt("request") };
}

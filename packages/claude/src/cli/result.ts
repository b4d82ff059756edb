import { givenCount, isMembers, type JsonObject } from "@acc/dual-mode/provider";
import type { VendorUsage } from "../usage.ts";

/** The last event of a run, as far as it is read; a member of a wrong type counts as absent. */
export interface Result {
  readonly isError: boolean;
  readonly subtype: string | undefined;
  /** The last text of the answer, or the error message; "" if there is none. */
  readonly said: string;
  readonly status: number | undefined;
  readonly stopReason: string | undefined;
  readonly terminalReason: string | undefined;
  /** How often the model was called. */
  readonly turns: number;
  readonly cost: number | undefined;
  readonly usage: VendorUsage;
}

export function toResult(event: JsonObject): Result {
  const text = (name: string) => textOf(event[name]);
  const errors = Array.isArray(event.errors) ? event.errors.map(textOf) : [];
  return {
    isError: event.is_error !== false,
    subtype: text("subtype"),
    said: text("result") ?? errors.find((each) => each !== undefined) ?? "",
    status: givenCount(event.api_error_status),
    stopReason: text("stop_reason"),
    terminalReason: text("terminal_reason"),
    turns: givenCount(event.num_turns) ?? 0,
    cost: givenCount(event.total_cost_usd),
    usage: toVendorUsage(event.usage),
  };
}

function toVendorUsage(value: unknown): VendorUsage {
  const usage = objectOf(value);
  const thinking = givenCount(objectOf(usage.output_tokens_details).thinking_tokens);
  const counts = [
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
  ] as const;
  const told = counts.map((name) => [name, givenCount(usage[name])] as const);
  const { cache_creation } = usage;
  return {
    ...Object.fromEntries(told.filter(([, count]) => count !== undefined)),
    ...(isMembers(cache_creation) && { cache_creation }),
    ...(thinking !== undefined && { output_tokens_details: { thinking_tokens: thinking } }),
  };
}

/** Returns the value if it is an object, and an empty object otherwise. */
export function objectOf(value: unknown): JsonObject {
  return isMembers(value) ? value : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

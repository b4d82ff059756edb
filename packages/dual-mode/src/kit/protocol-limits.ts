import type { Limit, Limits } from "../contract/part.ts";
import { givenCount, isMembers } from "../foreign/guards.ts";

const names = ["requests", "tokens", "inputTokens", "outputTokens", "fiveHours", "week"] as const;

/** Reads the limits that a command reports; a value that is not a count is left out. */
export function protocolLimits(said: unknown): Limits {
  const limits = isMembers(said) ? said : {};
  const told = names.filter((name) => isMembers(limits[name]));
  return Object.fromEntries(told.map((name) => [name, toLimit(limits[name])]));
}

function toLimit(said: unknown): Limit {
  const { limit, remaining, resetsAt } = isMembers(said) ? said : {};
  const counts = Object.entries({ limit, remaining, resetsAt });
  return Object.fromEntries(counts.filter(([, count]) => givenCount(count) !== undefined));
}

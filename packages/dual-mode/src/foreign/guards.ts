import type { Usage } from "../contract/part.ts";

/** The members of a foreign object; their values are unknown until they are checked. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object; a list is not. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns a text that is not empty, such as a name, an id or a reason; undefined for any other
 * value.
 */
export function givenText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns a count; undefined for a value that is not a number, or is below zero. */
export function givenCount(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY
    ? value
    : undefined;
}

/** Returns those of a vendor's values that are counts. */
export function givenCounts(counts: { readonly [Name in keyof Usage]?: unknown }): Usage {
  const given = Object.entries(counts).filter(([, count]) => givenCount(count) !== undefined);
  return Object.fromEntries(given);
}

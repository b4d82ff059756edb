import type { Usage } from "../contract/part.ts";

/** The members of a foreign object; what each holds is unknown until it is checked. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether it is an object of JSON with members; a list is none. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that says something: a name, an id, a reason. An empty one is none, nor is any other value. */
export function givenText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A count of something; what is no number, or below zero, is none. */
export function givenCount(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY
    ? value
    : undefined;
}

/** Of what a vendor counted, what are counts. */
export function givenCounts(counts: { readonly [Name in keyof Usage]?: unknown }): Usage {
  const given = Object.entries(counts).filter(([, count]) => givenCount(count) !== undefined);
  return Object.fromEntries(given);
}

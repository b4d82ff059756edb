import { createHash } from "node:crypto";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RunContext } from "../contract/mode-context.ts";

/** The length of a digest, in hexadecimal digits. */
const digits = 12;

/**
 * Returns a digest that identifies a line of a batch, also in another process, by everything that
 * decides its answer, as in the cache. It does not use the body: another version may write that
 * differently, and it contains `promptCache`, which changes no answer.
 */
export function batchedDigest(
  group: string,
  request: CanonicalRequest,
  { options }: Pick<RunContext<unknown>, "options">,
): string {
  const text = JSON.stringify([group, request, options], (_, value) => ordered(value));
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** Sorts the members, so that their order does not matter. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

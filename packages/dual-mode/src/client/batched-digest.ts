import { createHash } from "node:crypto";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { RunContext } from "../contract/mode-context.ts";

/** Hexadecimal digits of a digest. */
const digits = 12;

/**
 * By which a line of a batch is known again, in another process too: what decides its answer, as in the
 * cache. Not the body, which another version may write otherwise, and in which is what changes no
 * answer: `promptCache`.
 */
export function batchedDigest(
  group: string,
  request: CanonicalRequest,
  { options }: Pick<RunContext<unknown>, "options">,
): string {
  const text = JSON.stringify([group, request, options], (_, value) => ordered(value));
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** Members in one order. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

import { firstLine } from "../programs/first-line.ts";

/**
 * Returns the error if it is safe to report, else undefined: JSON.parse quotes its input, which may
 * be a secret.
 */
export function tellable(error: unknown): unknown {
  return error instanceof SyntaxError ? undefined : error;
}

/**
 * Returns the message of an error that a caller's function threw, after a colon; empty if the error
 * has no code.
 */
export function toldReason(error: unknown): string {
  if (!(error instanceof Error) || tellable(error) === undefined) return "";
  if (typeof (error as NodeJS.ErrnoException).code !== "string") return "";
  const words = firstLine(error.message).replace(/\.$/, "");
  return words === "" ? "" : `: ${words}`;
}

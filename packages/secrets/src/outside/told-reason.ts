import { firstLine } from "../programs/first-line.ts";

/** JSON.parse and the like quote what they could not read, which may be the secret. */
export function tellable(error: unknown): unknown {
  return error instanceof SyntaxError ? undefined : error;
}

/** What an error of a caller's function says of itself, to come after a colon; empty where it has no code. */
export function toldReason(error: unknown): string {
  if (!(error instanceof Error) || tellable(error) === undefined) return "";
  if (typeof (error as NodeJS.ErrnoException).code !== "string") return "";
  const words = firstLine(error.message).replace(/\.$/, "");
  return words === "" ? "" : `: ${words}`;
}

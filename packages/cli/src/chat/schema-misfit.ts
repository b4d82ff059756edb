import type { DualModeError } from "@acc/dual-mode";
import { printableLine } from "../output/printable.ts";

const name = "SchemaMisfit";

/** An answer that does not fit the schema, and in what. */
export class SchemaMisfit extends TypeError {
  override readonly name = name;
}

/** What is printed of an error beside its message. */
type Told = Partial<
  Pick<
    DualModeError,
    "code" | "retryable" | "fix" | "status" | "retryAfter" | "requestId" | "attempts"
  >
>;

/** The error of a call, with what caused it in its message: a misfit, or an answer that is no JSON. */
export function withMisfit(error: unknown): unknown {
  const misfit = misfitOf(error);
  if (misfit === undefined || !(error instanceof Error)) return error;
  const { code, retryable, fix, status, retryAfter, requestId, attempts } = error as Told;
  const told = new Error(`${error.message}\n${misfit}`, { cause: error });
  return Object.assign(told, { code, retryable, fix, status, retryAfter, requestId, attempts });
}

/** By name, and not by class: an error keeps a copy of its cause, without secrets. */
function misfitOf(error: unknown, depth = 8): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  if (error.name === name || error.name === "SyntaxError") return printableLine(error.message);
  return misfitOf(error.cause, depth - 1);
}

import type { Code, DualModeError } from "@acc/dual-mode";
import type { ErrorDetails } from "@acc/dual-mode/provider";
import { Failure, UsageError } from "../failure.ts";

/** An error as it is sent over a socket. */
export interface ToldError {
  readonly kind: "call" | "usage" | "failure" | "other";
  readonly code: string;
  readonly message: string;
  readonly details: Omit<ErrorDetails, "cause" | "causes"> & {
    readonly causes?: readonly ToldError[];
  };
}

/** The content of an error, without its stack and cause, which belong to the other process. */
export function told(error: unknown): ToldError {
  const given = (error instanceof Error ? error : new Error(String(error))) as DualModeError;
  const { fix, status, retryAfter, requestId, cooldown, limits, text, attempts, causes } = given;
  const known = { fix, status, retryAfter, requestId, cooldown, limits, text, attempts };
  const details = { ...known, retryable: given.retryable };
  return {
    kind: kindOf(given),
    code: given.code ?? "UNEXPECTED",
    message: given.message,
    details: { ...details, ...(causes?.length > 0 && { causes: causes.map(told) }) },
  };
}

function kindOf(error: Error): ToldError["kind"] {
  if (error instanceof UsageError) return "usage";
  if (error instanceof Failure) return "failure";
  return error.name === "DualModeError" ? "call" : "other";
}

/** Recreates the error on this side. */
export async function errorOf({ kind, code, message, details }: ToldError): Promise<Error> {
  const { fix = "" } = details;
  if (kind === "usage") return new UsageError(message, fix, code);
  if (kind === "failure") return new Failure(code, message, fix);
  if (kind === "other") return Object.assign(new Error(message), { code, fix: details.fix });
  const { DualModeError } = await import("@acc/dual-mode");
  const causes = await Promise.all((details.causes ?? []).map(errorOf));
  const known = { ...details, causes: causes as DualModeError[] };
  return new DualModeError(code as Code, message, known);
}

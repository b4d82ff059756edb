import {
  type CommandExit,
  type CredentialKind,
  DualModeError,
  mapExit,
  refusalError,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";
import { resetIn } from "../reset-in.ts";
import type { Result } from "./result.ts";

/** Maps the kinds of errors in the CLI's synthetic assistant message to the API's types. */
const kinds: ReadonlyMap<string, string> = new Map([
  ["authentication_failed", "authentication_error"],
  ["oauth_org_not_allowed", "authentication_error"],
  ["billing_error", "billing_error"],
  ["rate_limit", "rate_limit_error"],
  ["model_not_found", "model_not_found"],
  ["overloaded", "overloaded_error"],
  ["invalid_request", "invalid_request_error"],
]);

const who = "Claude's CLI reported";

/** Converts a result that contains an error. */
export async function resultError(
  result: Result,
  kind: string | undefined,
  started: boolean,
  credential: CredentialKind,
): Promise<DualModeError> {
  const { said, subtype = "an error" } = result;
  if (subtype === "error_max_turns") {
    return new DualModeError("INVALID_OUTPUT", `${who}: ${said || subtype}`);
  }
  const status = result.status ?? statusIn(said);
  if (asksForLogin(said, credential)) return loginError(`${who}: ${said}`);
  if (status === undefined && isUnreadable(said)) {
    return new DualModeError(started ? "NETWORK" : "INVALID_OUTPUT", `${who}: ${said}`);
  }
  return refusalError(said || subtype, {
    ...refusals,
    who,
    status,
    types: typesOf(status, kind, result.terminalReason),
    retryAfter: resetIn(said, Date.now()),
    // The result is not marked as an error, but unknown words are not a model's answer either.
    ...(!result.isError && { otherwise: "INVALID_OUTPUT" as const }),
  });
}

/** Converts an exit without a result. */
export function exitError(exit: CommandExit, credential: CredentialKind): DualModeError {
  if (/unknown option/i.test(exit.stderr)) {
    return mapExit(exit, { 1: "CLI_TOO_OLD" }, { fix: "claude update" });
  }
  const error = mapExit(exit, { 0: "INVALID_OUTPUT" });
  return asksForLogin(exit.stderr, credential) ? loginError(error.message) : error;
}

function loginError(message: string): DualModeError {
  return new DualModeError("CLI_NOT_LOGGED_IN", message, { fix: "claude auth login" });
}

const isOver =
  /please run \/login|oauth (session|token|access token) (has )?(been )?(expired|revoked)/i;

/**
 * Whether the CLI asks for a login. Before 2.1 it also does so if a key was refused, which is not
 * the login's fault.
 */
function asksForLogin(said: string, credential: CredentialKind): boolean {
  return /not logged in/i.test(said) || (credential === "login" && isOver.test(said));
}

/** Returns the API's type of an error. The CLI reports an overload as a rate limit. */
function typesOf(status: number | undefined, kind = "", terminalReason = ""): readonly string[] {
  if (terminalReason === "prompt_too_long") return ["context_length_exceeded"];
  const type = status === 529 ? undefined : kinds.get(kind);
  return type === undefined ? [] : [type];
}

function isUnreadable(said: string): boolean {
  return /JSON Parse error|without receiving any events/i.test(said);
}

/** Reads the status from the message: before 2.1.91 it is nowhere else. */
function statusIn(said: string): number | undefined {
  const status = /API Error: (\d{3})\b/.exec(said)?.[1];
  return status === undefined ? undefined : Number(status);
}

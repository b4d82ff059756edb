import {
  type Code,
  type CommandExit,
  type CredentialKind,
  DualModeError,
  mapExit,
} from "@acc/dual-mode/provider";
import { codeOf, fixFor } from "../failure.ts";
import type { Result } from "./result.ts";

/** Kinds that the CLI names in its synthetic assistant's message. */
const kinds: Readonly<Record<string, Code>> = {
  authentication_failed: "AUTHENTICATION_FAILED",
  oauth_org_not_allowed: "AUTHENTICATION_FAILED",
  billing_error: "QUOTA_EXHAUSTED",
  rate_limit: "RATE_LIMITED",
  model_not_found: "MODEL_NOT_FOUND",
  overloaded: "OVERLOADED",
};

/** What a result with an error in it means. */
export function resultError(
  result: Result,
  kind: string | undefined,
  started: boolean,
  credential: CredentialKind,
): DualModeError {
  const said = result.result ?? "";
  const status = result.api_error_status ?? statusIn(said);
  const code =
    result.subtype === "error_max_turns"
      ? "INVALID_OUTPUT"
      : asksForLogin(said, credential)
        ? "CLI_NOT_LOGGED_IN"
        : resultCode(said, status, kind, result.terminal_reason, started);
  return new DualModeError(
    code,
    `Claude's CLI reported: ${said || (result.subtype ?? "an error")}`,
    {
      ...(code === "CLI_NOT_LOGGED_IN" ? { fix: "claude auth login" } : fixFor(code)),
      ...(status !== undefined && { status }),
    },
  );
}

/** What an exit without a result means. */
export function exitError(exit: CommandExit): DualModeError {
  if (/unknown option/i.test(exit.stderr)) {
    return mapExit(exit, { 1: "CLI_TOO_OLD" }, { fix: "claude update" });
  }
  return mapExit(exit, { 0: "INVALID_OUTPUT" });
}

/** Before 2.1 the CLI asks for a login also where a key was refused: that is no login's fault. */
function asksForLogin(said: string, credential: CredentialKind): boolean {
  return (
    /not logged in/i.test(said) || (credential === "login" && /please run \/login/i.test(said))
  );
}

function resultCode(
  said: string,
  status: number | undefined,
  kind: string | undefined,
  terminalReason: string | undefined,
  started: boolean,
): Code {
  if (terminalReason === "prompt_too_long" || /^prompt is too long/i.test(said)) {
    return "CONTEXT_TOO_LONG";
  }
  if (/usage limit reached|hit your .*limit|out of extra usage/i.test(said))
    return "QUOTA_EXHAUSTED";
  if (/credit balance is too low/i.test(said)) return "QUOTA_EXHAUSTED";
  if (kind !== undefined && kind in kinds && status !== 529) return kinds[kind] as Code;
  if (status !== undefined) return codeOf(status, kind ?? "", said);
  if (/JSON Parse error|without receiving any events/i.test(said)) {
    return started ? "NETWORK" : "INVALID_OUTPUT";
  }
  if (/request timed out/i.test(said)) return "TIMEOUT";
  if (/ECONN|ENOTFOUND|EAI_AGAIN|connection|socket|network|terminated/i.test(said))
    return "NETWORK";
  return kind === "invalid_request" ? "INVALID_REQUEST" : "SERVER_ERROR";
}

/** Before 2.1.91 the status stands in the text alone. */
function statusIn(said: string): number | undefined {
  const status = /API Error: (\d{3})\b/.exec(said)?.[1];
  return status === undefined ? undefined : Number(status);
}

import {
  type CommandExit,
  type CredentialKind,
  DualModeError,
  givenText,
  isMembers,
  type Members,
  mapExit,
  refusalError,
} from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";
import { planRefusals } from "./plan-refusals.ts";

const who = "Codex reported";
const login = "codex login";

/** Maps Codex's kinds of errors to the API's types. */
const kinds: ReadonlyMap<string, string> = new Map([
  ["contextWindowExceeded", "context_length_exceeded"],
  ["usageLimitExceeded", "insufficient_quota"],
  ["sessionBudgetExceeded", "insufficient_quota"],
  ["rateLimitExceeded", "rate_limit_exceeded"],
  ["serverOverloaded", "overloaded_error"],
  ["flexUnavailable", "overloaded_error"],
  ["policyCapacityUnavailable", "overloaded_error"],
  ["modelNotFound", "model_not_found"],
  ["unauthorized", "authentication_error"],
  ["cyberPolicy", "content_filter"],
  ["bioPolicy", "content_filter"],
  ["misalignmentPolicyViolation", "content_filter"],
  ["inferenceHookDenied", "content_filter"],
]);
const statuses: ReadonlyMap<string, number> = new Map([
  ["badRequest", 400],
  ["internalServerError", 500],
]);

/** Converts the error of a turn. */
export async function turnError(
  error: Members,
  credential: CredentialKind,
  resetsAt: number | undefined,
): Promise<DualModeError> {
  const said = givenText(error.message) ?? "an error without words";
  const kind = kindOf(error.codexErrorInfo);
  if (kind.name === "unauthorized" && credential === "login") return notLoggedIn(said);
  const type = kinds.get(kind.name);
  const status = kind.status ?? statuses.get(kind.name) ?? statusIn(said);
  const cut = status === undefined && /^stream disconnected|error sending request/.test(said);
  const wait = resetsAt === undefined ? undefined : Math.max(0, resetsAt - Date.now());
  return refusalError(said, {
    ...(credential === "login" ? planRefusals : refusals),
    who,
    status,
    types: type === undefined ? [] : [type],
    ...(wait !== undefined && type === "insufficient_quota" && { retryAfter: wait }),
    ...(cut && { otherwise: "NETWORK" as const }),
  });
}

/**
 * Reads the status from the message: for some statuses, versions before 0.160 report it nowhere
 * else.
 */
function statusIn(said: string): number | undefined {
  const [, status] = /(?:unexpected|last) status:? (\d{3})\b/.exec(said) ?? [];
  return status === undefined ? undefined : Number(status);
}

/** Converts a refusal by the app server of a request that was sent before the model was called. */
export function requestError({ message }: Members): DualModeError {
  const said = givenText(message) ?? "an error without words";
  return new DualModeError("CLI_CRASHED", `Codex refused the request: ${said}`);
}

/** Converts an exit without a complete turn. */
export function exitError(exit: CommandExit, credential: CredentialKind): DualModeError {
  if (/unrecognized subcommand|unexpected argument/i.test(exit.stderr)) {
    const fix = "npm install -g @openai/codex@latest";
    return mapExit(exit, { 2: "CLI_TOO_OLD" }, { fix });
  }
  if (credential === "login" && /not logged in/i.test(exit.stderr)) return notLoggedIn(exit.stderr);
  return mapExit(exit, { 0: "INVALID_OUTPUT" });
}

function notLoggedIn(said: string): DualModeError {
  return new DualModeError("CLI_NOT_LOGGED_IN", `${who}: ${said}`, { fix: login });
}

/**
 * Reads the kind of an error: a word, or an object with one member that contains an HTTP status.
 */
function kindOf(info: unknown): { readonly name: string; readonly status?: number } {
  if (typeof info === "string") return { name: info };
  const [name = "", details] = Object.entries(isMembers(info) ? info : {})[0] ?? [];
  const status = isMembers(details) ? details.httpStatusCode : undefined;
  return { name, ...(typeof status === "number" && { status }) };
}

import { type CommandExit, DualModeError, mapExit, refusalError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

const who = "Gemini's CLI reported";

/** The CLI's exit code is the last eight bits of the HTTP status. */
const statuses: ReadonlyMap<number, number> = new Map(
  [400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504].map(
    (status) => [status & 255, status] as const,
  ),
);

/** Converts the error that a run reported. */
export function runError(exit: CommandExit, reported: string): Promise<DualModeError> {
  const said = unwrapped(reported);
  const otherwise = mappedExit(exit).code;
  const status = statusOf(exit, said);
  return refusalError(said, { ...refusals, who, status, otherwise });
}

/** Errors of the account, which stderr tells if no event does. */
const ofTheAccount: ReadonlySet<DualModeError["code"]> = new Set([
  "QUOTA_EXHAUSTED",
  "RATE_LIMITED",
  "AUTHENTICATION_FAILED",
]);

/** Characters of stderr that are read. */
const judged = 8_000;

/**
 * Converts an exit without any output on stdout: some failures are reported only on stderr
 * (google-gemini/gemini-cli#26840).
 */
export async function exitError(exit: CommandExit): Promise<DualModeError> {
  const error = mappedExit(exit);
  if (error.code !== "CLI_CRASHED" || exit.exitCode === undefined) return error;
  const said = unwrapped(exit.stderr.trim().slice(-judged));
  const status = statusOf(exit, said);
  const otherwise = error.code;
  const told = await refusalError(said, { ...refusals, who, status, otherwise });
  return status !== undefined || ofTheAccount.has(told.code) ? told : error;
}

function mappedExit(exit: CommandExit): DualModeError {
  if (/unknown argument/i.test(exit.stderr)) {
    const fix = "npm install -g @google/gemini-cli@latest";
    return mapExit(exit, { 1: "CLI_TOO_OLD" }, { fix });
  }
  const table = { 0: "INVALID_OUTPUT", 41: "MISSING_CREDENTIALS", 53: "INVALID_OUTPUT" } as const;
  return mapExit(exit, table);
}

/** Converts an `error` event, after which the CLI exits with code 0. */
export function silentError(said: string, answered: boolean): DualModeError {
  const code = answered ? "NETWORK" : "INVALID_OUTPUT";
  return new DualModeError(code, `Gemini's CLI reported: ${said}`);
}

/** Returns the HTTP status. For a 404 of any kind the exit code is 1, and only stderr names it. */
function statusOf({ exitCode = 1, stderr }: CommandExit, said: string): number | undefined {
  const isMissing = stderr.includes("ModelNotFoundError:") || /is not found/i.test(said);
  return statuses.get(exitCode) ?? (isMissing ? 404 : undefined);
}

/** Removes the CLI's `[API Error: …]` from around a message or the API's own JSON. */
function unwrapped(reported: string): string {
  const start = "[API Error: ";
  if (!reported.startsWith(start)) return reported;
  const end = reported.lastIndexOf("]");
  return reported.slice(start.length, end < 0 ? undefined : end);
}

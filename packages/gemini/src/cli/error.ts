import { type CommandExit, DualModeError, mapExit, refusalError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

const who = "Gemini's CLI reported";

/** The CLI exits with the last eight bits of the HTTP status. */
const statuses: ReadonlyMap<number, number> = new Map(
  [400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504].map(
    (status) => [status & 255, status] as const,
  ),
);

/** What a run means that reported an error, with what it said of it. */
export function runError(exit: CommandExit, reported: string): Promise<DualModeError> {
  const said = unwrapped(reported);
  const otherwise = mappedExit(exit).code;
  const status = statusOf(exit, said);
  return refusalError(said, { ...refusals, who, status, otherwise });
}

/** Where no event told it, stderr says what the account lacks. */
const ofTheAccount: ReadonlySet<DualModeError["code"]> = new Set([
  "QUOTA_EXHAUSTED",
  "RATE_LIMITED",
  "AUTHENTICATION_FAILED",
]);

/** Characters of stderr that are judged. */
const judged = 8_000;

/**
 * What an exit means that came with no word on stdout: some failures are told on stderr alone
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

/** What `error` events mean, which the CLI ends with exit 0. */
export function silentError(said: string, answered: boolean): DualModeError {
  const code = answered ? "NETWORK" : "INVALID_OUTPUT";
  return new DualModeError(code, `Gemini's CLI reported: ${said}`);
}

/** It exits with 1 for a 404 of any kind, and names it on stderr alone. */
function statusOf({ exitCode = 1, stderr }: CommandExit, said: string): number | undefined {
  const isMissing = stderr.includes("ModelNotFoundError:") || /is not found/i.test(said);
  return statuses.get(exitCode) ?? (isMissing ? 404 : undefined);
}

/** `[API Error: …]` around words, or around the API's own JSON. */
function unwrapped(reported: string): string {
  const start = "[API Error: ";
  if (!reported.startsWith(start)) return reported;
  const end = reported.lastIndexOf("]");
  return reported.slice(start.length, end < 0 ? undefined : end);
}

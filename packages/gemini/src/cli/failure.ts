import { type CommandExit, DualModeError, mapExit } from "@acc/dual-mode/provider";
import { codeOf, fixFor } from "../failure.ts";

/** The CLI exits with the last eight bits of the HTTP status. */
const statuses: Readonly<Record<number, number>> = Object.fromEntries(
  [400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504].map((status) => [status & 255, status]),
);

/** What a run means that reported an error, with what it said of it. */
export function runError(exit: CommandExit, reported: string): DualModeError {
  const said = unwrapped(reported);
  const status = exit.exitCode === undefined ? undefined : statuses[exit.exitCode];
  if (status !== undefined) return apiError(status, said);
  if (/is not found|ModelNotFound/i.test(said)) return apiError(404, said);
  if (/terminated|fetch failed|ECONN|ENOTFOUND|socket/i.test(said)) return told("NETWORK", said);
  if (/JSON (segment|at|input)|valid JSON/i.test(said)) return told("INVALID_OUTPUT", said);
  return exitError(exit);
}

/** What an exit means that came with no word on stdout. */
export function exitError(exit: CommandExit): DualModeError {
  if (/unknown argument/i.test(exit.stderr)) {
    const fix = "npm install -g @google/gemini-cli@latest";
    return mapExit(exit, { 1: "CLI_TOO_OLD" }, { fix });
  }
  const table = { 0: "INVALID_OUTPUT", 41: "MISSING_CREDENTIALS", 53: "INVALID_OUTPUT" } as const;
  return mapExit(exit, table);
}

/** What `error` events mean, which the CLI ends with exit 0. */
export function silentError(said: string, answered: boolean): DualModeError {
  return told(answered ? "NETWORK" : "INVALID_OUTPUT", said);
}

function apiError(status: number, said: string): DualModeError {
  const code = codeOf(status, said);
  const seconds = /retry (?:after|in) ([\d.]+)s/i.exec(said)?.[1];
  return new DualModeError(code, `Gemini's CLI reported (${status}): ${said}`, {
    ...fixFor(code),
    status,
    ...(seconds !== undefined && { retryAfter: Math.ceil(Number(seconds) * 1000) }),
  });
}

function told(code: "NETWORK" | "INVALID_OUTPUT", said: string): DualModeError {
  return new DualModeError(code, `Gemini's CLI reported: ${said}`);
}

/** `[API Error: …]` around words, or around the API's own JSON. */
function unwrapped(reported: string): string {
  const inner = /^\[API Error: (.*)\]/s.exec(reported)?.[1] ?? reported;
  try {
    const { error } = JSON.parse(inner) as { error: { message: string; details?: unknown } };
    return error.details === undefined
      ? error.message
      : `${error.message} ${JSON.stringify(error.details)}`;
  } catch {
    return inner;
  }
}

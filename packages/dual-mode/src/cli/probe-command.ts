import { abortReason } from "../abort-reason.ts";
import type { ProbeContext, RouteCredential } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";
import { wellFormed } from "../history/well-formed.ts";
import type { CommandContext, CommandExit } from "./command.ts";
import { runCommand } from "./run-command.ts";

/** Options for running a command to learn its version or login state. */
export interface ProbeOptions {
  /** Variables of the run besides its fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The timeout in ms.
   *
   * @default 10_000
   */
  readonly timeout?: number;
  /** Whether it runs in the user's home, where the CLI keeps its login. @default false */
  readonly login?: boolean;
}

/** The output of a short run. */
export interface ProbeResult extends CommandExit {
  readonly stdout: string;
}

const mebibyte = 1024 * 1024;

/**
 * Runs a command for its version or login state, by the rules of every CLI run and without a key:
 * its stdin is closed, it has its own timeout, and no process is left. It does not wait for a slot.
 *
 * @throws {@link DualModeError} `TIMEOUT`, `CLI_NOT_FOUND`, `OUTPUT_TOO_LARGE` (over 1 MiB), the
 * signal's reason.
 */
export async function probeCommand(
  command: string,
  args: readonly string[],
  context: Pick<ProbeContext<unknown>, "env" | "signal" | "logger"> &
    Partial<Pick<CommandContext, "cliEnv">>,
  { env = {}, timeout = 10_000, login = false }: ProbeOptions = {},
): Promise<ProbeResult> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(abortReason(context.signal));
  const timer = setTimeout(() => stop.abort(timedOut(command, args, timeout)), timeout);
  context.signal.addEventListener("abort", onAbort, { once: true });
  if (context.signal.aborted) {
    onAbort();
  }
  try {
    const run = runCommand(
      { cliEnv: {}, ...context, command, credential: credential(login), signal: stop.signal },
      () => ({ args, stdin: "", env, maxLineBytes: mebibyte, maxOutputBytes: mebibyte }),
      { maxConcurrent: Number.POSITIVE_INFINITY },
    );
    const lines: string[] = [];
    for await (const line of run.lines) {
      lines.push(wellFormed(line));
    }
    return { ...(await run.exit), stdout: lines.join("\n") };
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener("abort", onAbort);
  }
}

function credential(login: boolean): RouteCredential {
  return login ? { kind: "login", source: "login" } : { kind: "none", source: "none" };
}

function timedOut(command: string, args: readonly string[], timeout: number): DualModeError {
  const message = `"${[command, ...args].join(" ")}" did not end within ${timeout} ms.`;
  return new DualModeError("TIMEOUT", message, {
    fix: "Run it in a terminal to see what it waits for.",
  });
}

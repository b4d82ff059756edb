import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { parseArgsStringToArgv } from "string-argv";
import { Failure, UsageError } from "../failure.ts";
import { isNoColorOwn } from "../output/terminal.ts";
import { isInForeground } from "./foreground.ts";

/** The environment of this process, without what opens the secrets store. */
export function environmentWithoutStore(): Record<string, string> {
  const own = isNoColorOwn() ? /^(ACC_SECRETS_.*|NO_COLOR)$/i : /^ACC_SECRETS_/i;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The environment for a command that runs as the user would run it. */
export function environmentOfCommand(): Record<string, string> {
  const { NO_COLOR, ...rest } = process.env as Record<string, string>;
  return NO_COLOR === undefined || isNoColorOwn() ? rest : { ...rest, NO_COLOR };
}

/** Runs a command without a shell, gives it `input`, and returns what it wrote. */
export async function outputOf(line: string, input: string): Promise<string> {
  const [command, ...args] = parseArgsStringToArgv(line);
  if (command === undefined) throw new UsageError("The command is empty.", "Name a program.");
  const child = start(command, () =>
    spawn(command, args, { env: environmentWithoutStore(), stdio: ["pipe", "pipe", "inherit"] }),
  );
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", (cause) => reject(new NotRun(command, cause)));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  if (end === 0)
    return Buffer.concat(chunks)
      .toString("utf8")
      .replace(/\r?\n$/, "");
  throw new Failure("COMMAND_FAILED", `${command} ended with ${end}.`, "Run it by hand.");
}

/** Runs a command in this terminal. Returns its exit code, as a shell reports it. */
export async function runInTerminal(
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  let child: ChildProcess | undefined;
  // Before the command starts, so that no signal ends this process and leaves the command running.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
    process.on(signal, () => {
      // The terminal sends SIGINT to the command too.
      const isSent = signal === "SIGINT" && isInForeground();
      if (!isSent) child?.kill(signal);
    });
  }
  const started = start(command, () => spawn(command, args, { env, stdio: "inherit" }));
  child = started;
  return new Promise((resolve, reject) => {
    started.on("error", (cause) => reject(new NotRun(command, cause)));
    started.on("close", (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}

/** Some failures come as an event, and some are thrown. */
function start<T>(command: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new NotRun(command, cause as Error);
  }
}

/** Exit codes as in a shell: 127 if there is no such program, 126 if it may not be run. */
class NotRun extends Failure {
  override readonly exitCode: number;

  constructor(command: string, cause: Error) {
    const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
    const fix = "Name a program that is on PATH, or its path.";
    super("COMMAND_NOT_RUN", `${command} could not be run: ${reason}.`, fix, cause);
    this.exitCode = reason === "ENOENT" ? 127 : 126;
  }
}

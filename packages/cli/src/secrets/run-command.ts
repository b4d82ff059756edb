import { spawn } from "node:child_process";
import { parseArgsStringToArgv } from "string-argv";
import { Failure, UsageError } from "../failure.ts";

/** What this process was started with, less what opens the secrets' store. */
export function environmentWithoutStore(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^ACC_SECRETS_/i.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Runs a command without a shell, gives it `input`, and returns what it wrote. */
export async function outputOf(line: string, input: string): Promise<string> {
  const [command, ...args] = parseArgsStringToArgv(line);
  if (command === undefined) throw new UsageError("The command is empty.", "Name a program.");
  const child = spawn(command, args, {
    env: environmentWithoutStore(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (cause) => reject(notRun(command, cause)));
    child.on("close", resolve);
  });
  if (code === 0)
    return Buffer.concat(chunks)
      .toString("utf8")
      .replace(/\r?\n$/, "");
  throw new Failure("COMMAND_FAILED", `${command} ended with ${code}.`, "Run it by hand.");
}

/** Runs a command in this terminal; gives its exit code, as a shell would tell it. */
export async function runInTerminal(
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(command, args, { env, stdio: "inherit" });
  const ignore = () => {};
  process.on("SIGINT", ignore);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(notRun(command, cause)));
    child.on("close", (code, signal) => {
      process.off("SIGINT", ignore);
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

function notRun(command: string, cause: Error): Failure {
  const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return new Failure(
    "COMMAND_NOT_RUN",
    `${command} could not be run: ${reason}.`,
    "Name a program that is on PATH, or its path.",
    cause,
  );
}

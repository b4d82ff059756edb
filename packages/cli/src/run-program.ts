import { type Command, CommanderError } from "commander";
import { printError } from "./output/print-error.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command line and gives the exit code: 0, 1 (the call failed) or 2 (wrong usage). */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  const json = argv.includes("--json");
  inherit(program);
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const wrongUsage =
      error instanceof CommanderError || error instanceof UsageError || isRequestFault(error);
    await printError(wrongUsage && error instanceof CommanderError ? usage(error) : error, json);
    return wrongUsage ? 2 : 1;
  }
}

function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}

function usage(error: CommanderError): UsageError {
  if (error.code === "commander.help")
    return new UsageError("A command is missing.", "Run: acc --help");
  return new UsageError(error.message.replace(/^error: /, ""), "Run: acc --help");
}

function isRequestFault(error: unknown): boolean {
  return (error as { code?: unknown }).code === "INVALID_REQUEST";
}

import { endWithStdout } from "@acc/dual-mode/end-with-stdout";
import { type Command, CommanderError } from "commander";
import { Failure, UsageError } from "./failure.ts";
import { wasInterrupted } from "./interrupt.ts";
import { inOwnWords } from "./output/own-words.ts";
import { tell, turnColoursOff } from "./output/terminal.ts";
import { createProgram } from "./program.ts";
import {
  type ImportModule,
  ranForeignCode,
  useImporter,
} from "./providers/packages/import-module.ts";
import { takeRoomsFrom } from "./start/other-rooms.ts";
import { ownRooms } from "./start/own-rooms.ts";

/** Runs the command line. Returns 0, 1 (the call failed), 2 (wrong usage) or 130 (Ctrl-C). */
export async function runProgram(
  version: string,
  typed: readonly string[],
  importModule: ImportModule,
  loadRare: () => typeof import("./rare-file.ts"),
): Promise<number> {
  useImporter(importModule);
  takeRoomsFrom(() => {
    const rare = loadRare();
    rare.takeRoomsFrom(() => ownRooms);
    return rare.ownRooms;
  });
  const code = await run(version, withHelpLast(typed));
  if (ranForeignCode()) await endNow(code);
  return code;
}

/** Ends the process once all output is written, even if a package has left something running. */
async function endNow(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write("", resolve));
  }
  process.exit(code);
}

async function run(version: string, argv: readonly string[]): Promise<number> {
  const own = ownWords(argv);
  if (own.includes("--no-color")) turnColoursOff();
  endWithStdout("acc");
  tellWarnings();
  const program = createProgram(version, argv[2]);
  inherit(program);
  const place = placeOf(program, own);
  try {
    if (own.slice(2).every((word) => globalFlags.has(word)))
      await (await import("./next-step.ts")).showNextStep();
    else await parse(program, place.unknown ? argv.filter((word) => !asksForHelp.has(word)) : argv);
    return wasInterrupted() ? 130 : Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (wasInterrupted()) return 130;
    const { folderInWords } = await import("./output/folder-in-words.ts");
    const told = error instanceof CommanderError ? usage(error, place) : folderInWords(error);
    const { printError } = await import("./output/print-error.ts");
    await printError(told, own.includes("--json") || own.includes("--stream-json"));
    if (told instanceof Failure) return told.exitCode;
    return isWrongUsage(told) ? 2 : 1;
  }
}

/** Completion is loaded only for the word that shells call. */
async function parse(program: Command, argv: readonly string[]): Promise<void> {
  if (argv[2] !== "complete") await program.parseAsync([...argv]);
  else await (await import("./complete/complete.ts")).complete(program, argv);
}

/**
 * Turns `acc help secrets keys` into `acc secrets keys --help`, since the library looks only one
 * word deep.
 */
function withHelpLast(argv: readonly string[]): readonly string[] {
  if (argv[2] !== "help") return argv;
  return [...argv.slice(0, 2), ...argv.slice(3), "--help"];
}

/** The words for `acc` itself: those after `--` belong to another program. */
function ownWords(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

const globalFlags: ReadonlySet<string> = new Set(["-q", "--quiet", "--no-color"]);

/** Shows the packages' warnings as notes. Those of Node.js are for developers, and are dropped. */
function tellWarnings(): void {
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name === "SecretsWarning" || name === "AccWarning") tell(inOwnWords(message));
  });
}

function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}

function usage(error: CommanderError, { command, words }: Place): UsageError {
  const missing = error.code === "commander.help";
  const message = missing ? "A command is missing." : error.message.replace(/^error: /, "");
  const isOfCommands = missing || error.code === "commander.unknownCommand";
  const there = command.commands.map((child) => child.name()).join(", ");
  const name = words.join(" ");
  const isOfText = error.code === "commander.unknownOption" && takesText(command);
  const isNearest = message.includes("Did you mean");
  const behind = `Put -- before a text that begins with a dash: ${name} -- TEXT\n`;
  return new UsageError(
    isOfCommands ? `${message}\nThe commands are: ${there}.` : message,
    `${isOfText && !isNearest ? behind : ""}Run: ${name} --help`,
  );
}

function takesText(command: Command): boolean {
  return command.registeredArguments.some(({ variadic }) => variadic);
}

/** The command that the words of a line lead to. */
interface Place {
  readonly command: Command;
  readonly words: readonly string[];
  /** Whether the next word is none of its commands. */
  readonly unknown: boolean;
}

const asksForHelp: ReadonlySet<string> = new Set(["help", "--help", "-h"]);

function placeOf(program: Command, own: readonly string[]): Place {
  let command = program;
  const words = [program.name()];
  for (const word of own.slice(2)) {
    if (asksForHelp.has(word) || globalFlags.has(word)) continue;
    const next = command.commands.find((child) => child.name() === word);
    if (next === undefined) {
      const isGroup = command.registeredArguments.length === 0 && command.commands.length > 0;
      const isOwn = command === program && word === "complete";
      return { command, words, unknown: isGroup && !isOwn && !word.startsWith("-") };
    }
    command = next;
    words.push(word);
  }
  return { command, words, unknown: false };
}

const usageCodes: ReadonlySet<unknown> = new Set([
  "INVALID_REQUEST",
  "INVALID_KEY",
  "INVALID_OPTION",
  "INVALID_POLICY",
]);

function isWrongUsage(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return usageCodes.has(code) || /^(NAME|VALUE)_(?!CONFLICT)/.test(String(code));
}

import type { Command } from "commander";
import { createProgram } from "../src/program.ts";

/** Every command of the program, with the words that call it. */
export function everyCommand(): readonly { readonly words: string; readonly command: Command }[] {
  return below(createProgram("0.0.0"), []);
}

/** Those that do something; the others only hold some. */
export function doers(): ReturnType<typeof everyCommand> {
  return everyCommand().filter(({ command }) => command.commands.length === 0);
}

function below(parent: Command, before: readonly string[]): ReturnType<typeof everyCommand> {
  return parent.commands.flatMap((command) => {
    const words = [...before, command.name()];
    return [{ words: words.join(" "), command }, ...below(command, words)];
  });
}

export function hasJson(command: Command): boolean {
  return command.options.some((option) => option.long === "--json");
}

import type { Argument, Command, Option } from "commander";

/** The word to complete: the last word of the line, and the option or argument it is a value of. */
export interface Awaited {
  /** The command's words: "secrets get". */
  readonly command: string;
  /** The last word, as far as it is typed. */
  readonly typed: string;
  readonly of: Option | Argument;
  /** The values of the options before it, by their long names. */
  readonly given: ReadonlyMap<string, string>;
}

/** Returns undefined if the last word is a command or a flag, or no value is expected there. */
export function awaited(program: Command, line: readonly string[]): Awaited | undefined {
  const words = line.slice(0, -1);
  const typed = line.at(-1) ?? "";
  const given = new Map<string, string>();
  const path: string[] = [];
  let command = program;
  let option: Option | undefined;
  let values = 0;
  for (const word of words) {
    if (option !== undefined) {
      given.set(option.long ?? "", word);
      option = undefined;
    } else if (word.startsWith("-")) {
      const [flag = "", value] = word.split("=");
      option = optionOf(command, flag);
      if (value === undefined) continue;
      given.set(option?.long ?? "", value);
      option = undefined;
    } else {
      const child = command.commands.find((each) =>
        [each.name(), ...each.aliases()].includes(word),
      );
      if (child === undefined) values += 1;
      else path.push(child.name());
      command = child ?? command;
    }
  }
  const at = { command: path.join(" "), typed, given };
  if (option !== undefined) return { ...at, of: option };
  if (typed.startsWith("-")) return inOneWord(command, at);
  const { registeredArguments } = command;
  const argument = registeredArguments[values] ?? registeredArguments.find((each) => each.variadic);
  return argument && { ...at, of: argument };
}

/** Finds an option that takes a value. */
function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(
    ({ long, short, required, optional }) =>
      (long === flag || short === flag) && (required || optional),
  );
}

/** Completes the part after the `=` of a word such as `--file=src/`. */
function inOneWord(command: Command, at: Omit<Awaited, "of">): Awaited | undefined {
  const sign = at.typed.indexOf("=");
  if (sign < 0) return undefined;
  const of = optionOf(command, at.typed.slice(0, sign));
  return of && { ...at, typed: at.typed.slice(sign + 1), of };
}

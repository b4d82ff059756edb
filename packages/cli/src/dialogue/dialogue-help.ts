import { coloursOf, write } from "../output/terminal.ts";
import { dialogueCommands } from "./commands.ts";

const keys: readonly (readonly [keys: string, what: string])[] = [
  ["Alt-Enter, Ctrl-J, \\ Enter", "a new line"],
  ["Ctrl-C", "stop the answer, or discard the message"],
  ["Up, Down", "what you wrote before"],
];

/** Shows the commands and keys of a conversation. */
export function showHelp(): void {
  const { dim } = coloursOf(process.stderr);
  const commands = Object.entries(dialogueCommands).map(
    ([word, { wants, what }]): readonly [string, string] => [`${word} ${wants}`.trim(), what],
  );
  const line =
    (width: number) =>
    ([left, what]: readonly [string, string]) =>
      `${left.padEnd(width)}  ${what}`;
  const lines = [
    ...commands.map(line(15)),
    "",
    ...keys.map(line(26)),
    dim("A message that begins with a slash: put a space before it."),
  ];
  write(process.stderr, `${lines.join("\n")}\n`);
}

import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { longestInput } from "../input/read-text.ts";
import { printError } from "../output/print-error.ts";
import { write } from "../output/terminal.ts";
import { type Dialogue, dialogueCommands, type Outcome } from "./commands.ts";
import { showHelp } from "./dialogue-help.ts";

/** Sends a written message to the model, or runs it if it is a command. */
export async function takeMessage(dialogue: Dialogue, written: string): Promise<Outcome> {
  const text = messageOf(written);
  if (text === "") return {};
  try {
    if (Buffer.byteLength(text) > longestInput) throw tooLong();
    const word = commandOf(written.trimEnd());
    if (word === undefined) await dialogue.talk.ask(text);
    else return (await runCommand(dialogue, word, text.slice(word.length).trim())) ?? {};
  } catch (error) {
    await printError(error, false);
  }
  return {};
}

/** Trims a message; the first of several lines keeps its indentation, as in code. */
function messageOf(written: string): string {
  const text = written.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  return text.includes("\n") ? text : text.trim();
}

/**
 * Finds the word of a command. A path at the start of a message is none, and a message of several
 * lines has one only if the command exists.
 */
function commandOf(text: string): string | undefined {
  const [word] = /^\/[a-z-]+(?=\s|$)/i.exec(text) ?? [];
  const isKnown = word !== undefined && Object.hasOwn(dialogueCommands, word);
  return isKnown || !text.includes("\n") ? word : undefined;
}

async function runCommand(
  dialogue: Dialogue,
  word: string,
  given: string,
): Promise<Outcome | undefined> {
  const known = Object.hasOwn(dialogueCommands, word) ? dialogueCommands[word] : undefined;
  if (known !== undefined && word !== "/help") return known.run(dialogue, given);
  if (known === undefined) {
    const meant = nearest(word, Object.keys(dialogueCommands));
    const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
    write(process.stderr, `There is no ${word}.${hint}\n`);
  }
  showHelp();
  return undefined;
}

/** Completes the word of a command if exactly one command fits. */
export function completeCommand(text: string): string | undefined {
  if (!/^\/[a-z]*$/.test(text)) return undefined;
  const fitting = Object.keys(dialogueCommands).filter((word) => word.startsWith(text));
  return fitting.length === 1 ? `${fitting[0]} ` : undefined;
}

function tooLong(): UsageError {
  return new UsageError(
    `There are more than ${longestInput / 1024 / 1024} MiB in this line.`,
    "Give less: no model reads that much.",
    "INPUT_TOO_LARGE",
  );
}

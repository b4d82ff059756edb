import { printableJson } from "./printable.ts";
import { drawn, type Styles, stylesOf } from "./styles.ts";

const state = { quiet: false, noColorIsOwn: false };

/** Turns notes off, for every command. */
export function setQuiet(quiet: boolean): void {
  state.quiet = quiet;
}

/** Applies `--no-color` by setting NO_COLOR, which the libraries read. */
export function turnColoursOff(): void {
  if (process.env.NO_COLOR) return;
  process.env.NO_COLOR = "1";
  state.noColorIsOwn = true;
}

/** Whether this program set NO_COLOR, which then is not meant for its child processes. */
export function isNoColorOwn(): boolean {
  return state.noColorIsOwn;
}

export function isQuiet(): boolean {
  return state.quiet;
}

/** The styles of a stream: only on a terminal, and never if NO_COLOR is set. */
export function coloursOf(stream: NodeJS.WriteStream): Styles {
  const { NO_COLOR, TERM } = process.env;
  const wanted = !NO_COLOR && TERM !== "dumb";
  return stylesOf(wanted && Boolean(stream.isTTY));
}

/** The columns of the terminal; unlimited for a pipe. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}

/** Writes a text for a person. All such text goes through here, whoever wrote it. */
export function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(drawn(text));
}

/** Prints a note for a person on stderr, unless --quiet is set. */
export function tell(text: string): void {
  if (!state.quiet) process.stderr.write(`${drawn(`acc: ${text}`)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${drawn(text)}\n`);
}

/** Prints a text unchanged for a program that reads it; on a terminal, made safe like all text. */
export function printExact(text: string): void {
  if (process.stdout.isTTY) print(text);
  else process.stdout.write(`${text}\n`);
}

export function printJson(document: unknown): void {
  printJsonLine(document, process.stdout.isTTY ? 2 : 0);
}

/** Prints JSON, in one line unless indented. */
export function printJsonLine(document: unknown, indent = 0): void {
  process.stdout.write(`${jsonOf(document, indent)}\n`);
}

/** JSON that parses to the same value and contains nothing that a terminal obeys. */
export function jsonOf(document: unknown, indent = 0): string {
  return printableJson(JSON.stringify(document, null, indent));
}

import { printableJson } from "./printable.ts";
import { drawn, type Styles, stylesOf } from "./styles.ts";

const state = { quiet: false, noColorIsOwn: false };

/** Keeps notes back, for every command. */
export function setQuiet(quiet: boolean): void {
  state.quiet = quiet;
}

/** `--no-color`, said in the way that the libraries hear. */
export function turnColoursOff(): void {
  if (process.env.NO_COLOR) return;
  process.env.NO_COLOR = "1";
  state.noColorIsOwn = true;
}

/** Whether NO_COLOR is this program's own, and no child's. */
export function isNoColorOwn(): boolean {
  return state.noColorIsOwn;
}

export function isQuiet(): boolean {
  return state.quiet;
}

/** Colours for one stream: on a terminal alone, and never against NO_COLOR. */
export function coloursOf(stream: NodeJS.WriteStream): Styles {
  const { NO_COLOR, TERM } = process.env;
  const wanted = !NO_COLOR && TERM !== "dumb";
  return stylesOf(wanted && Boolean(stream.isTTY));
}

/** Columns of the terminal; a pipe has as many as it likes. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}

/** The one way to a stream for what a person reads, whoever wrote it. */
export function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(drawn(text));
}

/** A line for a person, on stderr; --quiet keeps it back. */
export function tell(text: string): void {
  if (!state.quiet) process.stderr.write(`${drawn(`acc: ${text}`)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${drawn(text)}\n`);
}

/** A text as it is, for the program that reads it; on a terminal as everything there. */
export function printExact(text: string): void {
  if (process.stdout.isTTY) print(text);
  else process.stdout.write(`${text}\n`);
}

export function printJson(document: unknown): void {
  printJsonLine(document, process.stdout.isTTY ? 2 : 0);
}

/** JSON in one line. */
export function printJsonLine(document: unknown, indent = 0): void {
  process.stdout.write(`${jsonOf(document, indent)}\n`);
}

/** JSON that parses to the same, and that no terminal obeys. */
export function jsonOf(document: unknown, indent = 0): string {
  return printableJson(JSON.stringify(document, null, indent));
}

import picocolors from "picocolors";
import { printable } from "./printable.ts";

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

type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours for one stream: on a terminal alone, and never against NO_COLOR. */
export function coloursOf(stream: NodeJS.WriteStream): Colours {
  const { NO_COLOR, TERM } = process.env;
  const wanted = !NO_COLOR && TERM !== "dumb";
  return picocolors.createColors(wanted && Boolean(stream.isTTY));
}

/** Columns of the terminal; a pipe has as many as it likes. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}

/** A line for a person, on stderr; --quiet keeps it back. */
export function tell(text: string): void {
  if (!state.quiet) process.stderr.write(`acc: ${printable(text)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(document: unknown): void {
  print(JSON.stringify(document, null, process.stdout.isTTY ? 2 : 0));
}

import { printable } from "./printable.ts";

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  struck: [9, 29],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** What a text may be shown in. */
export type Styles = Readonly<Record<keyof typeof codes, (text: string) => string>>;

/**
 * Parameters that a terminal would ignore, drawn for this process: by them the printer knows a
 * style of ours from one that is in the text of somebody else.
 */
const mark = [0, 0, 0].map(() => 1000 + Math.floor(Math.random() * 9000)).join(";");
const marked = new RegExp(`\\u001b\\[${mark};(\\d+)m`);

/** Styles that only {@link drawn} makes visible; without any, text stays as it is. */
export function stylesOf(shown: boolean): Styles {
  const entries = Object.entries(codes).map(([name, [open, close]]) => [
    name,
    shown ? (text: string) => `${sequence(open)}${text}${sequence(close)}` : String,
  ]);
  return Object.fromEntries(entries);
}

/** A text for a terminal: with the styles that are ours, and all else that it would obey as escapes. */
export function drawn(text: string): string {
  return text
    .split(marked)
    .map((piece, index) => (index % 2 === 0 ? printable(piece) : `\u001b[${piece}m`))
    .join("");
}

function sequence(code: number): string {
  return `\u001b[${mark};${code}m`;
}

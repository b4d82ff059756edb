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

/** The styles of a text, by name. */
export type Styles = Readonly<Record<keyof typeof codes, (text: string) => string>>;

/**
 * Parameters that a terminal would ignore, chosen at random for this process. By them, `drawn`
 * tells acc's own styles from escape sequences in foreign text.
 */
const mark = [0, 0, 0].map(() => 1000 + Math.floor(Math.random() * 9000)).join(";");
const marked = new RegExp(`\\u001b\\[${mark};(\\d+)m`);

/** Styles that only {@link drawn} makes visible; if not `shown`, text stays as it is. */
export function stylesOf(shown: boolean): Styles {
  const entries = Object.entries(codes).map(([name, [open, close]]) => [
    name,
    shown ? (text: string) => `${sequence(open)}${text}${sequence(close)}` : String,
  ]);
  return Object.fromEntries(entries);
}

/**
 * Prepares a text for a terminal: acc's own styles take effect, and all other control characters
 * become escapes.
 */
export function drawn(text: string): string {
  return text
    .split(marked)
    .map((piece, index) => (index % 2 === 0 ? printable(piece) : `\u001b[${piece}m`))
    .join("");
}

function sequence(code: number): string {
  return `\u001b[${mark};${code}m`;
}

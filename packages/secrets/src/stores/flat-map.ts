/**
 * A JSON object of one level, by name the text of each value as it was written: Python writes NaN,
 * and numbers that are longer than those of JavaScript, which would not come back the same.
 */
export type FlatMap = ReadonlyMap<string, string>;

const space = /[ \t\r\n]*/y;
const string = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const plain = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN|true|false|null/y;
const nested = /[^"[\]{}]+/y;

/** Undefined for what is no such object. */
export function parseFlatMap(text: string): FlatMap | undefined {
  const map = new Map<string, string>();
  const at = { text, place: 0 };
  if (!takeMark(at, "{")) return undefined;
  if (!takeMark(at, "}")) {
    do {
      const name = textOf(takeString(at) ?? "");
      if (name === undefined || !takeMark(at, ":")) return undefined;
      const value = takeString(at) ?? take(at, plain) ?? takeNested(at);
      if (value === undefined) return undefined;
      map.set(name, value);
    } while (takeMark(at, ","));
    if (!takeMark(at, "}")) return undefined;
  }
  return at.place === text.length ? map : undefined;
}

export function formatFlatMap(map: FlatMap): string {
  return `{${[...map].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

/** The string that a value is; undefined where it is none. */
export function textOf(value: string): string | undefined {
  if (!value.startsWith('"')) return undefined;
  try {
    return JSON.parse(value) as string;
  } catch {
    return undefined;
  }
}

interface Reader {
  readonly text: string;
  place: number;
}

/** What matches here, with the white space behind it skipped. */
function take(at: Reader, pattern: RegExp): string | undefined {
  const found = match(at, pattern);
  if (found !== undefined) match(at, space);
  return found;
}

function takeString(at: Reader): string | undefined {
  const found = take(at, string);
  return found !== undefined && textOf(found) !== undefined ? found : undefined;
}

function match(at: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = at.place;
  const found = pattern.exec(at.text)?.[0];
  at.place += found?.length ?? 0;
  return found;
}

function takeMark(at: Reader, mark: string): boolean {
  if (at.place === 0) match(at, space);
  if (at.text[at.place] !== mark) return false;
  at.place += 1;
  match(at, space);
  return true;
}

/** A list or an object, whole; what is in it is nothing to us. */
function takeNested(at: Reader): string | undefined {
  const start = at.place;
  if (!/[[{]/.test(at.text.charAt(start))) return undefined;
  let depth = 0;
  do {
    const mark = at.text[at.place];
    if (mark === undefined) return undefined;
    if (mark === "[" || mark === "{") depth += 1;
    if (mark === "]" || mark === "}") depth -= 1;
    if (/[[\]{}]/.test(mark)) at.place += 1;
    else if (match(at, mark === '"' ? string : nested) === undefined) return undefined;
  } while (depth > 0);
  const value = at.text.slice(start, at.place);
  match(at, space);
  return value;
}

/**
 * A flat JSON object: for each name, the text of the value as it was written. Python writes NaN and
 * numbers with more digits than JavaScript has, which parsing would not preserve.
 */
export type FlatMap = ReadonlyMap<string, string>;

const space = /[ \t\r\n]*/y;
const string = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const plain = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN|true|false|null/y;
const nested = /[^"[\]{}]+/y;

/** Returns undefined if the text is not a JSON object. */
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

/** Returns the string that a JSON value represents; undefined if it is not a string. */
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

/** Takes the text that the pattern matches here, and skips the white space after it. */
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

/** Takes a whole list or object; its content is not parsed. */
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

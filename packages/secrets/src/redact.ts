import { type LiveValues, liveValues, shortestRedacted } from "./live-values.ts";
import { overlapAtEnd, overlapAtStart } from "./overlap.ts";
import { writtenForms } from "./written-forms.ts";

export { retainValue } from "./live-values.ts";

const mask = "[redacted]";

/**
 * Replaces each known live value of 8 characters or more by `[redacted]`, whether it is raw,
 * JSON-escaped, URL-encoded, base64 (any alignment, both alphabets) or hex. Costs almost nothing
 * while no value is known.
 */
export function redact(text: string): string {
  const live = liveValues();
  if (live.values.size === 0 || text.length < shortestRedacted) return text;
  index(live);
  return replaceMatches(text, live);
}

/**
 * Redacts a text whose start or end was cut off earlier. Text at the cut that may be part of a
 * known value is removed, because it cannot be told from other words.
 */
export function redactCut(text: string, cut: "start" | "end"): string {
  const live = liveValues();
  if (live.values.size === 0) return text;
  index(live);
  const overlap = cut === "end" ? overlapAtEnd : overlapAtStart;
  let piece = 0;
  for (const form of [...live.forms.values()].flat()) piece = Math.max(piece, overlap(form, text));
  const clean = replaceMatches(text, live);
  if (cut === "start") {
    const readable = clean.indexOf(mask);
    return clean.slice(readable < 0 ? piece : Math.min(piece, readable));
  }
  const masked = clean.lastIndexOf(mask);
  const readable = masked < 0 ? 0 : masked + mask.length;
  return clean.slice(0, Math.max(readable, clean.length - piece));
}

/** Brings the index of written forms up to date with the values. */
function index(live: LiveValues): void {
  for (const value of live.fresh) {
    for (const form of writtenForms(value)) {
      const start = form.slice(0, shortestRedacted);
      const forms = live.forms.get(start);
      if (forms) forms.push(form);
      else live.forms.set(start, [form]);
      for (let at = 0; at < stride; at += 1) put(live, slot(form, at), inside);
      put(live, slot(form, 0), first);
    }
  }
  live.indexed += live.fresh.size;
  live.fresh.clear();
}

/**
 * Marks in the filter, for four characters: with `first` a form starts with them, with `inside`
 * they are within the first eight characters of a form.
 */
const first = 1;
const inside = 2;

/**
 * Only one of every five positions is checked: wherever a form starts, one of these positions has
 * four of its first eight characters.
 */
const stride = shortestRedacted - 3;

/** Yields the positions at which a form may start, in order. */
function* starts(text: string, { filter }: LiveValues): Generator<number> {
  const last = text.length - shortestRedacted;
  for (let at = 0; at < last + stride; at += stride) {
    if (!has(filter, slot(text, at), inside)) continue;
    for (let start = Math.max(0, at - stride + 1); start <= Math.min(at, last); start += 1) {
      if (has(filter, slot(text, start), first)) yield start;
    }
  }
}

function put({ filter }: LiveValues, place: number, mark: number): void {
  filter[place] = (filter[place] ?? 0) | mark;
}

function has(filter: Uint8Array, place: number, mark: number): boolean {
  return ((filter[place] ?? 0) & mark) !== 0;
}

/**
 * Replaces the matches. Overlapping matches become one mask, so that no part of a second value
 * stays readable.
 */
function replaceMatches(text: string, live: LiveValues): string {
  let output = "";
  let copied = 0;
  let from = -1;
  let to = -1;
  for (const at of starts(text, live)) {
    const end = at + longestMatch(text, at, live);
    if (end === at) continue;
    if (from >= 0 && at > to) {
      output += text.slice(copied, from) + mask;
      copied = to;
      from = at;
    } else if (from < 0) {
      from = at;
    }
    to = Math.max(to, end);
  }
  if (from < 0) return text;
  return output + text.slice(copied, from) + mask + text.slice(to);
}

function longestMatch(text: string, at: number, live: LiveValues): number {
  let longest = 0;
  for (const form of live.forms.get(text.slice(at, at + shortestRedacted)) ?? []) {
    if (form.length > longest && text.startsWith(form, at)) longest = form.length;
  }
  return longest;
}

/** Returns the index in the filter of 64 Ki entries for the four characters at `at`. */
function slot(text: string, at: number): number {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  return (a * 31 * 31 * 31 + b * 31 * 31 + c * 31 + d) & 0xffff;
}

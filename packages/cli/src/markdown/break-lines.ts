import widthOf from "fast-string-width";

/** A piece of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: (text: string) => string;
}

/** A line may end after a space, and around characters of scripts written without spaces. */
const wide = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";
const closing =
  "[\\u3001\\u3002\\uff01-\\uff0f\\uff1a-\\uff1f\\u3009\\u300b\\u300d\\u300f\\u3011\\u2026]";
const units = new RegExp(`\\s+|[${wide}]${closing}*|[^\\s${wide}]+`, "gu");

/** The last offset in a text at which a line may end, whatever follows. */
export function lastBreak(text: string): number {
  const last = [...text.matchAll(units)].at(-1);
  if (last === undefined) return text.length;
  return /^\s/.test(last[0]) ? last.index + last[0].length : last.index;
}

/** Breaks text into lines of at most `columns`, between words. A longer word is split. */
export function breakLines(spans: readonly Span[], columns: number): readonly string[] {
  const text = spans.map((span) => span.text).join("");
  const lines: string[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    for (const [start, end] of rangesOf(line, Math.max(columns, 1))) {
      lines.push(sliced(spans, offset + start, offset + end));
    }
    offset += line.length + 1;
  }
  return lines;
}

type Range = readonly [start: number, end: number];

function rangesOf(line: string, columns: number): readonly Range[] {
  const ranges: Range[] = [];
  let start = line.length - line.trimStart().length;
  let end = start;
  let used = 0;
  const close = (next: number) => {
    ranges.push([start, end]);
    start = next;
    end = next;
    used = 0;
  };
  for (const { 0: unit, index } of line.slice(start).matchAll(units)) {
    const at = index + (line.length - line.trimStart().length);
    const width = widthOf(unit);
    if (/^\s/.test(unit)) {
      used += width;
      continue;
    }
    if (used + width > columns && end > start) close(at);
    if (width <= columns) {
      used += width;
      end = at + unit.length;
      continue;
    }
    for (const piece of graphemesOf(unit)) {
      const wide = widthOf(piece.segment);
      if (used + wide > columns && end > start) close(at + piece.index);
      used += wide;
      end = at + piece.index + piece.segment.length;
    }
  }
  close(end);
  return ranges;
}

function graphemesOf(text: string): Intl.Segments {
  return new Intl.Segmenter().segment(text);
}

/** A range of the spans' text, with each piece in its style. */
function sliced(spans: readonly Span[], start: number, end: number): string {
  let at = 0;
  let shown = "";
  for (const { text, style } of spans) {
    const piece = text.slice(Math.max(start - at, 0), Math.max(end - at, 0));
    if (piece !== "") shown += style(piece);
    at += text.length;
  }
  return shown;
}

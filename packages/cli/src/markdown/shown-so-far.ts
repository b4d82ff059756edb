import type { Token } from "marked";
import { lastBreak } from "./break-lines.ts";

/** A code fence, also within a list or a quotation. */
const fence = /^[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/;

/** A line of which only the mark of a list, a quotation or a heading has arrived. */
const bareMark = /(?:^|\n)[ \t]*(?:(?:[-*+>]|\d+[.)]?|#{1,6})[ \t]*)*$/;

/** The start of a paragraph, a list item or a quotation. Inline marks are closed within one. */
const newRun = /\n\s*\n|\n[ \t]*(?:[-*+>]|\d+[.)])[ \t]/g;

/**
 * How much of an incomplete text can be shown so that no later text changes how it looks: whole
 * words, and no mark that is not closed. `last` is the last block, which starts after `before`
 * characters.
 */
export function shownSoFar(source: string, last: Token | undefined, before: number): number {
  if (last === undefined) return 0;
  const whole = source.lastIndexOf("\n") + 1;
  if (isInFence(source)) return whole;
  if (last.type === "code") return whole;
  if (last.type === "heading" || last.type === "hr" || last.type === "html") {
    return source.endsWith("\n") ? source.length : before;
  }
  const block = source.slice(before);
  if (last.type === "table" || /^[ \t]*\|/m.test(block) || /^[^\n]*\|/.test(block)) return before;
  const end = settledEnd(source, before);
  const mark = bareMark.exec(source.slice(0, end));
  return mark && mark.index < end ? Math.max(mark.index, before) : end;
}

/** The end of the whole words that contain no open mark. */
function settledEnd(source: string, before: number): number {
  for (let end = source.length; end > before; ) {
    const line = source.lastIndexOf("\n", end - 1) + 1;
    const word = line + lastBreak(source.slice(line, end));
    const run = before + lastMatchEnd(source.slice(before, word), newRun);
    const settled = run + openMark(source.slice(run, word));
    if (settled === end) return end;
    end = settled;
  }
  return before;
}

function isInFence(source: string): boolean {
  let open: string | undefined;
  for (const line of source.split("\n")) {
    const [, marks = "", info = ""] = fence.exec(line) ?? [];
    if (marks === "") continue;
    if (open === undefined) open = marks;
    else if (marks.startsWith(open) && info.trim() === "") open = undefined;
  }
  return open !== undefined;
}

function lastMatchEnd(text: string, pattern: RegExp): number {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

const marks = /\\.|`+|!?\[|\]\([^)\s]*(?:\s[^)]*)?\)|\](?!\()|\*\*?|__?|~~/gs;

/** The offset of the first mark that is not closed; the length of the text if all are. */
function openMark(text: string): number {
  const open: { readonly mark: string; readonly at: number }[] = [];
  marks.lastIndex = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const [mark] = match;
    const at = match.index;
    if (mark.startsWith("\\")) continue;
    if (mark.startsWith("`")) {
      const end = endOfCode(text, mark, at);
      if (end === undefined) return open[0]?.at ?? at;
      marks.lastIndex = end;
    } else if (mark.endsWith("[")) open.push({ mark: "[", at });
    else if (mark.startsWith("]")) closeTo(open, "[");
    else if (!closesAt(text, mark, at) || !closeTo(open, mark)) {
      if (opensAt(text, mark, at)) open.push({ mark, at });
    }
  }
  // The text after a bracket decides whether it is a link.
  const bracket = /!?\[[^\]]*\]$/.exec(text)?.index ?? text.length;
  return Math.min(open[0]?.at ?? text.length, bracket);
}

function endOfCode(text: string, ticks: string, at: number): number | undefined {
  const from = at + ticks.length;
  for (const match of text.slice(from).matchAll(/`+/g)) {
    if (match[0] === ticks) return from + match.index + ticks.length;
  }
  return undefined;
}

/** Closes a mark and the marks opened within it; returns false if it is not open. */
function closeTo(open: { readonly mark: string; readonly at: number }[], mark: string): boolean {
  const at = open.findLastIndex((each) => each.mark === mark);
  if (at < 0) return false;
  open.splice(at);
  return true;
}

function opensAt(text: string, mark: string, at: number): boolean {
  const next = text[at + mark.length];
  if (next === undefined) return true;
  return !/\s/.test(next) && !(mark.startsWith("_") && /\w/.test(text[at - 1] ?? ""));
}

function closesAt(text: string, mark: string, at: number): boolean {
  if (/\s/.test(text[at - 1] ?? " ")) return false;
  return !(mark.startsWith("_") && /\w/.test(text[at + mark.length] ?? ""));
}

import type { Token, Tokens } from "marked";
import type { Styles } from "../output/styles.ts";
import { breakLines } from "./break-lines.ts";
import { inlineSpans } from "./inline-spans.ts";
import type { Look } from "./look.ts";
import { showTable } from "./show-table.ts";

/** Renders blocks of Markdown as lines for a terminal. */
export function showBlocks(tokens: readonly Token[], look: Look): string {
  let shown = "";
  let before = "";
  for (const token of tokens) {
    const block = showBlock(token, look);
    if (block === undefined) {
      before += token.raw;
      continue;
    }
    if (shown !== "") shown += gapBehind(before);
    shown += block;
    before = token.type === "heading" ? "\n\n" : token.raw;
  }
  return shown;
}

/** The gap after a block, as in its source: a blank line, or none. */
export function gapBehind(raw: string): string {
  return /\n[ \t]*\n\s*$/.test(raw) ? "\n\n" : "\n";
}

/** Returns undefined for a block without anything to show. */
function showBlock(token: Token, look: Look): string | undefined {
  const { styles, columns } = look;
  switch (token.type) {
    case "space":
      return undefined;
    case "heading":
      return heading(token as Tokens.Heading, look);
    case "code":
      return code(token as Tokens.Code, look);
    case "blockquote":
      return quote(token as Tokens.Blockquote, look);
    case "list":
      return list(token as Tokens.List, look);
    case "table":
      return showTable(token as Tokens.Table, look);
    case "hr":
      return styles.dim("─".repeat(Math.min(columns, 40)));
    default:
      return words(token, look);
  }
}

/** The text of any other block. */
function words(token: Token, { styles, columns }: Look): string {
  const inner = "tokens" in token ? token.tokens : undefined;
  const spans = inner ? inlineSpans(inner, styles) : [{ text: token.raw.trimEnd(), style: String }];
  return breakLines(spans, columns).join("\n");
}

function heading({ depth, tokens, raw }: Tokens.Heading, { styles, columns }: Look): string {
  if (!isStyled(styles)) return raw.trimEnd();
  const spans = inlineSpans(tokens, styles).map(({ text, style }) => ({
    text,
    style: (piece: string) =>
      styles.bold(depth === 1 ? styles.underline(style(piece)) : style(piece)),
  }));
  return breakLines(spans, columns).join("\n");
}

/** The lines of code as they are, neither indented nor broken, so that they can be copied. */
function code({ raw, text, codeBlockStyle }: Tokens.Code, { styles }: Look): string {
  if (!isStyled(styles) && codeBlockStyle !== "indented") return raw.trimEnd();
  return text
    .split("\n")
    .map((line) => (line === "" ? line : styles.cyan(line)))
    .join("\n");
}

function quote({ tokens }: Tokens.Blockquote, { styles, columns }: Look): string {
  const inner = showBlocks(tokens, { styles, columns: columns - 2 });
  return inner
    .split("\n")
    .map((line) => `${styles.dim("│")} ${line}`.trimEnd())
    .join("\n");
}

function list({ items, ordered, start }: Tokens.List, look: Look): string {
  const first = Number(start) || 0;
  let shown = "";
  for (const [index, item] of items.entries()) {
    const mark = `${ordered ? `${first + index}.` : "•"}${checkbox(item)} `;
    const columns = look.columns - mark.length;
    const tokens = item.tokens.filter(({ type }) => type !== "checkbox");
    const [top = "", ...more] = showBlocks(tokens, { ...look, columns }).split("\n");
    const indent = " ".repeat(mark.length);
    if (shown !== "") shown += gapBehind(items[index - 1]?.raw ?? "");
    shown += [`${mark}${top}`, ...more.map((line) => line && `${indent}${line}`)].join("\n");
  }
  return shown;
}

function checkbox({ task, checked }: Tokens.ListItem): string {
  if (!task) return "";
  return checked ? " [x]" : " [ ]";
}

function isStyled({ bold }: Styles): boolean {
  return bold("") !== "";
}

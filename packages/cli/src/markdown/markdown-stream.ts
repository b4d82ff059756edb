import { stripVTControlCharacters } from "node:util";
import { marked, type Token } from "marked";
import { printable } from "../output/printable.ts";
import type { Look } from "./look.ts";
import { gapBehind, showBlocks } from "./show-blocks.ts";
import { shownSoFar } from "./shown-so-far.ts";

/** Where something may be complete: at a space, and in scripts written without spaces. */
const boundary = /[\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Shows Markdown as it arrives. Text that was written is never drawn over, so that no terminal,
 * however it is resized, shows a part twice. A block keeps the width that it started with.
 */
export class MarkdownStream {
  readonly #look: () => Look;
  #current: Look;
  /** The source that is not final: the last block, and what may still change it. */
  #source = "";
  /** The text that was written of this source. */
  #shown = "";
  /** The line breaks before this source. */
  #gap = "";
  #held = "";

  constructor(look: () => Look) {
    this.#look = look;
    this.#current = look();
  }

  /** Adds the next part, and returns the text that can be written by now. */
  push(part: string): string {
    const text = this.#held + part;
    this.#held = text.endsWith("\r") ? "\r" : "";
    const whole = this.#held === "" ? text : text.slice(0, -1);
    this.#source += printable(whole.replaceAll("\r\n", "\n"));
    return boundary.test(whole) ? this.#advance(false) : "";
  }

  /** Returns the rest of the text. */
  end(): string {
    this.#source += printable(this.#held);
    this.#held = "";
    return this.#advance(true);
  }

  #advance(isLast: boolean): string {
    const tokens = marked.lexer(this.#source);
    const at = tokens.findLastIndex(isShown);
    const done = tokens.slice(0, Math.max(at, 0));
    const isDone = done.some(isShown);
    const written = isDone ? this.#finish(done) : "";
    const before = isDone ? 0 : rawOf(done).length;
    const end = isLast ? this.#source.length : shownSoFar(this.#source, tokens[at], before);
    return written + this.#extend(marked.lexer(this.#source.slice(0, end)), isLast);
  }

  /** Writes blocks that can no longer change, and starts the block after them. */
  #finish(done: readonly Token[]): string {
    const written = this.#extend(done, true);
    const raw = rawOf(done);
    this.#source = this.#source.slice(raw.length);
    this.#gap = done.findLast(isShown)?.type === "heading" ? "\n\n" : gapBehind(raw);
    this.#shown = "";
    this.#current = this.#look();
    return written;
  }

  /**
   * Returns what a block has gained. If it turned out to be of another type, it continues without a
   * style if its words are the same, and is otherwise written again as a whole.
   */
  #extend(tokens: readonly Token[], isWhole: boolean): string {
    const block = showBlocks(tokens, this.#current);
    if (block === "") return "";
    const text = this.#gap + block;
    const shown = this.#shown;
    const isAsBefore = text.startsWith(shown);
    if (!isAsBefore && !isWhole) return "";
    this.#shown = text;
    if (isAsBefore) return text.slice(shown.length);
    const [words, before] = [text, shown].map(stripVTControlCharacters) as [string, string];
    return words.startsWith(before) ? words.slice(before.length) : `\n${block}`;
  }
}

function isShown({ type }: Token): boolean {
  return type !== "space";
}

function rawOf(tokens: readonly Token[]): string {
  return tokens.map(({ raw }) => raw).join("");
}

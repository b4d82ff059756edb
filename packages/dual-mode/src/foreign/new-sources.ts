import type { Part, Source } from "../contract/part.ts";
import { givenText } from "./guards.ts";

/**
 * The members of a source as a vendor sent them; one that is not text, or is empty, counts as
 * absent.
 */
export type ForeignSource = { readonly [Member in keyof Source]: unknown };

/**
 * The sources of one answer. Vendors repeat a source with every chunk, with and without its text,
 * and in a summary at the end: each is passed on once.
 */
export class NewSources {
  readonly #seen = new Set<string>();

  /** Yields the source as a part if it says something new. */
  *add(foreign: ForeignSource): Generator<Part> {
    const source = toSource(foreign);
    const { url, title, text } = source;
    if (Object.keys(source).length === 0) return;
    const whole = JSON.stringify([url, title, text]);
    const isKnown = text === undefined && url !== undefined && this.#seen.has(url);
    if (isKnown || this.#seen.has(whole)) return;
    this.#seen.add(whole);
    if (url !== undefined) this.#seen.add(url);
    yield { type: "source", source };
  }
}

function toSource({ url, title, text }: ForeignSource): Source {
  const told = { url: givenText(url), title: givenText(title), text: givenText(text) };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

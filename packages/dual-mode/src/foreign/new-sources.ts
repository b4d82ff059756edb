import type { Part, Source } from "../contract/part.ts";
import { givenText } from "./guards.ts";

/** The members of a source as a vendor sent them; one that is not text, or empty, is absent. */
export type ForeignSource = { readonly [Member in keyof Source]: unknown };

/**
 * The sources of one answer. Vendors tell the same one again with every chunk, once with its words
 * and once without, and as a summary at the end: each is given once.
 */
export class NewSources {
  readonly #seen = new Set<string>();

  /** The source as a part, where it says something that was not said before. */
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

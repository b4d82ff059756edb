import { isMembers, type Members } from "../foreign/guards.ts";
import type { ForeignSource } from "../foreign/new-sources.ts";

const none: readonly ForeignSource[] = [];

/**
 * Returns the sources that a delta or a message of chat completions cites: annotations, and
 * searches that the server made itself. Unknown forms are ignored.
 */
export function sourcesOfDelta({ annotations, executed_tools }: Members): readonly ForeignSource[] {
  if (!annotations && !executed_tools) return none;
  const noted = membersIn(annotations).map(({ url_citation, ...flat }) =>
    toSource(isMembers(url_citation) ? url_citation : flat),
  );
  const found = membersIn(executed_tools).flatMap(({ search_results, browser_results }) => [
    ...membersIn(isMembers(search_results) ? search_results.results : search_results).map(toSource),
    ...membersIn(browser_results).map(({ url, title }) => ({ url, title, text: undefined })),
  ]);
  return [...noted, ...found];
}

/**
 * Returns the sources that a chunk cites outside its choices: search results, or only their
 * addresses (Perplexity, xAI).
 */
export function sourcesOfChunk({ search_results, citations }: Members): readonly ForeignSource[] {
  if (!search_results && !citations) return none;
  const addresses = Array.isArray(citations) ? citations : [];
  return [...membersIn(search_results).map(toSource), ...addresses.map(toAddress)];
}

function toAddress(cited: unknown): ForeignSource {
  return isMembers(cited) ? toSource(cited) : { url: cited, title: undefined, text: undefined };
}

function toSource({ url, title, content }: Members): ForeignSource {
  return { url, title, text: content };
}

function membersIn(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

import { type ForeignSource, isMembers, type Members } from "@acc/dual-mode/provider";

/**
 * Returns the sources of a candidate: results of Google's search, maps and files, texts that it
 * quotes (whose list has two names), and URLs that were fetched for it.
 */
export function sourcesIn(candidate: Members): readonly ForeignSource[] {
  const { groundingMetadata, citationMetadata, urlContextMetadata } = candidate;
  if (!groundingMetadata && !citationMetadata && !urlContextMetadata) return [];
  const { citations, citationSources } = objectOf(citationMetadata);
  return [
    ...membersIn(objectOf(groundingMetadata).groundingChunks).map(toSource),
    ...membersIn(citations ?? citationSources).map(toSource),
    ...membersIn(objectOf(urlContextMetadata).urlMetadata).map(({ retrievedUrl }) => ({
      url: retrievedUrl,
      title: undefined,
      text: undefined,
    })),
  ];
}

/** Converts a source. A chunk has one member, named for its kind; a citation has none of these. */
function toSource(chunk: Members): ForeignSource {
  const { web, retrievedContext, maps, image } = chunk;
  const kind = [web, retrievedContext, maps, image].find(isMembers) ?? chunk;
  return { url: kind.uri ?? kind.sourceUri, title: kind.title, text: kind.text };
}

function objectOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function membersIn(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

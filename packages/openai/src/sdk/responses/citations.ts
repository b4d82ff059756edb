import { type ForeignSource, isMembers, type Members } from "@acc/dual-mode/provider";

/** Returns the sources that the pieces of a message cite: pages, and files by their names. */
export function citations(pieces: readonly Members[]): readonly ForeignSource[] {
  const cited = pieces.flatMap(({ annotations }) =>
    Array.isArray(annotations) ? annotations.filter(isMembers) : [],
  );
  return cited.map(({ url, title, filename }) => ({
    url,
    title: title ?? filename,
    text: undefined,
  }));
}

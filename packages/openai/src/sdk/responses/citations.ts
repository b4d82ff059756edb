import { givenText, isMembers, type Members, type Part } from "@acc/dual-mode/provider";

/** What the pieces of a message cite. */
export function* citations(pieces: readonly Members[]): Generator<Part> {
  for (const { annotations } of pieces) {
    for (const cited of Array.isArray(annotations) ? annotations.filter(isMembers) : []) {
      const url = givenText(cited.url);
      const title = givenText(cited.title) ?? givenText(cited.filename);
      if (url === undefined && title === undefined) continue;
      yield { type: "source", source: { ...(url && { url }), ...(title && { title }) } };
    }
  }
}

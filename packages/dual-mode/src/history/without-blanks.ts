import type { AssistantContent, UserContent } from "../contract/request.ts";

type Piece = AssistantContent | UserContent;

/**
 * The content without what says nothing: vendors refuse a text that is blank, and a thought that is
 * empty and unsigned. Blank text between two texts is kept with the first, for it parts them.
 */
export function withoutBlanks<P extends Piece>(content: readonly P[]): P[] {
  const kept: P[] = [];
  for (const piece of content) {
    const last = kept.at(-1);
    if (!isBlank(piece)) kept.push(piece);
    else if (piece.type === "text" && last?.type === "text") {
      kept[kept.length - 1] = { ...last, text: last.text + piece.text };
    }
  }
  return kept;
}

function isBlank(piece: Piece): boolean {
  if (piece.type === "text") return !/\S/.test(piece.text);
  return piece.type === "reasoning" && !piece.signature && !/\S/.test(piece.text);
}

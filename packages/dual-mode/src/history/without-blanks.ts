import type { AssistantContent, UserContent } from "../contract/request.ts";

type Piece = AssistantContent | UserContent;

/**
 * Removes blank pieces from the content: vendors refuse a blank text, and reasoning that is empty
 * and unsigned. Blank text after another text is appended to it, because it separates it from the
 * next.
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

import type { CanonicalMessage } from "../contract/canonical.ts";
import { type HistoryTurn, toTurns, type VendorHistory } from "./turns.ts";

/** A turn for a command that takes text alone. */
export interface TextTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
}

const anything: VendorHistory = {
  ids: { characters: /./s, longest: Number.POSITIVE_INFINITY },
  names: { characters: /./s, longest: Number.POSITIVE_INFINITY },
};

/**
 * The messages as turns of text, in which the user's and the assistant's alternate: without images
 * and thoughts. Tool calls and what they gave are told in words.
 */
export function toTextTurns(messages: readonly CanonicalMessage[]): readonly TextTurn[] {
  const texts: TextTurn[] = [];
  for (const turn of toTurns(messages, anything)) {
    const role = turn.role === "assistant" ? "assistant" : "user";
    const last = texts.at(-1);
    if (last?.role === role) {
      texts[texts.length - 1] = { role, text: `${last.text}\n\n${textOf(turn)}` };
    } else {
      texts.push({ role, text: textOf(turn) });
    }
  }
  return texts;
}

function textOf(turn: HistoryTurn): string {
  if (turn.role !== "tool") {
    return turn.content
      .map((piece) => {
        if (piece.type === "text") return piece.text;
        return piece.type === "tool-call"
          ? `\n[called ${piece.name} with ${JSON.stringify(piece.input)}]`
          : "";
      })
      .join("");
  }
  return turn.results
    .map(({ name, content, isError }) => {
      const text = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
      return `[${name} ${isError ? "failed" : "gave"}: ${JSON.stringify(text)}]`;
    })
    .join("\n");
}

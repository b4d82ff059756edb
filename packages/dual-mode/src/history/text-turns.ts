import type { CanonicalMessage } from "../contract/canonical.ts";
import { oneLineJson } from "./one-line-json.ts";
import { type HistoryTurn, toTurns, type VendorHistory } from "./turns.ts";

/** A turn for a command that accepts only text. */
export interface TextTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
}

const anything: VendorHistory = {
  ids: { characters: /./s, longest: Number.POSITIVE_INFINITY },
  names: { characters: /./s, longest: Number.POSITIVE_INFINITY },
};

/**
 * Returns the messages as turns of text, in which user and assistant alternate, without images,
 * files and reasoning. Tool calls and their results are written as text, each on a line of its own
 * that begins with "[". A line of any other text that begins with "[" gets a "\\" before it.
 */
export function toTextTurns(messages: readonly CanonicalMessage[]): readonly TextTurn[] {
  const texts: TextTurn[] = [];
  const apart = messages.some(({ role }) => role === "tool");
  for (const turn of toTurns(messages, anything)) {
    const role = turn.role === "assistant" ? "assistant" : "user";
    const last = texts.at(-1);
    const text = textOf(turn, apart);
    if (last?.role === role) {
      texts[texts.length - 1] = { role, text: `${last.text}\n\n${text}` };
    } else {
      texts.push({ role, text });
    }
  }
  return texts;
}

function textOf(turn: HistoryTurn, apart: boolean): string {
  if (turn.role !== "tool") {
    return turn.content
      .map((piece) => {
        if (piece.type === "text") return apart ? piece.text.replace(/^\[/gm, "\\[") : piece.text;
        return piece.type === "tool-call"
          ? `\n[called ${piece.name} with ${oneLineJson(piece.input)}]`
          : "";
      })
      .join("");
  }
  return turn.results
    .map(({ name, content, isError }) => {
      const text = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
      return `[${name} ${isError ? "failed" : "gave"}: ${oneLineJson(text)}]`;
    })
    .join("\n");
}

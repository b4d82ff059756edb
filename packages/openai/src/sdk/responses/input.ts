import {
  type AssistantContent,
  type CanonicalMessage,
  type HistoryTurn,
  type ToolResult,
  toTurns,
  type UserContent,
} from "@acc/dual-mode/provider";
import type OpenAI from "openai";
import { fromReasoning, signerOf } from "../../thought.ts";
import { toolNames } from "../../tool-names.ts";

type Item = OpenAI.Responses.ResponseInputItem;
type Piece =
  | OpenAI.Responses.ResponseInputText
  | OpenAI.Responses.ResponseInputImage
  | OpenAI.Responses.ResponseInputFile;

/** Converts a history for Responses: one list of messages, thoughts, calls and results. */
export function toInput(messages: readonly CanonicalMessage[], model: string): Item[] {
  const vendor = {
    ids: { characters: /[\w-]/, longest: 64 },
    names: toolNames,
    signedBy: signerOf(model),
  };
  return toTurns(messages, vendor).flatMap((turn) => toItems(turn, model));
}

function toItems(turn: HistoryTurn, model: string): Item[] {
  switch (turn.role) {
    case "system":
    case "user":
      return [{ role: turn.role, content: turn.content.map(toPiece) }];
    case "assistant":
      return toAnswer(turn.content, model);
    case "tool":
      return turn.results.map(toOutput);
  }
}

/** Leaves out thoughts at the end: the API refuses a thought without what it led to. */
function toAnswer(content: readonly AssistantContent[], model: string): Item[] {
  const end = content.findLastIndex(({ type }) => type !== "reasoning") + 1;
  return content.slice(0, end).flatMap((piece): Item[] => {
    if (piece.type === "text") return [{ role: "assistant", content: piece.text }];
    if (piece.type === "reasoning") return [fromReasoning(piece, model)];
    const { id, name, input } = piece;
    return [{ type: "function_call", call_id: id, name, arguments: JSON.stringify(input) }];
  });
}

/** Marks a failure in the text, because there is no member for it. */
function toOutput({ id, content, isError }: ToolResult): Item {
  const said = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  const told = isError ? `Error: ${said}` : said;
  const media = content.filter((piece) => piece.type !== "text");
  const output =
    media.length === 0
      ? told
      : [
          ...(told === "" ? [] : [{ type: "input_text" as const, text: told }]),
          ...media.map(toPiece),
        ];
  return { type: "function_call_output", call_id: id, output };
}

function toPiece(piece: UserContent): Piece {
  if (piece.type === "text") return { type: "input_text", text: piece.text };
  const dataUrl =
    piece.data === undefined ? undefined : `data:${piece.mediaType};base64,${piece.data}`;
  if (piece.type === "image") {
    return { type: "input_image", image_url: piece.url ?? dataUrl ?? null, detail: "auto" };
  }
  if (piece.url !== undefined) return { type: "input_file", file_url: piece.url };
  return { type: "input_file", filename: piece.name ?? "file", file_data: dataUrl as string };
}

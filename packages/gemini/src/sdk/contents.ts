import {
  type CanonicalMessage,
  type HistoryTurn,
  type ImageContent,
  type TextContent,
  type ToolCallContent,
  type ToolResult,
  toTurns,
  type VendorHistory,
} from "@acc/dual-mode/provider";
import type { Content, Part } from "@google/generative-ai";
import { fromSignature, noSignature, wantsSignatures } from "./signature.ts";

/** Google documents a function's name so; ids are not bound. */
const vendor: VendorHistory = {
  provider: "gemini",
  ids: { characters: /[\w-]/, longest: 64 },
  names: { characters: /[\w.:-]/, longest: 128 },
};

/** The history as generateContent takes it; what tools gave is a turn by itself, in the order of the calls. */
export function toContents(messages: readonly CanonicalMessage[], model: string): Content[] {
  return toTurns(messages, vendor).map((turn) => toContent(turn, wantsSignatures(model)));
}

function toContent(turn: HistoryTurn, signed: boolean): Content {
  switch (turn.role) {
    case "user":
      return { role: "user", parts: turn.content.map(toPart) };
    case "assistant":
      return { role: "model", parts: toAnswer(turn, signed) };
    case "tool":
      return { role: "function", parts: [...turn.results.map(toResponse), ...imagesOf(turn)] };
  }
}

/** Parallel calls have one signature, at the first; calls of another model have none. */
function toAnswer(
  { content }: Extract<HistoryTurn, { role: "assistant" }>,
  signed: boolean,
): Part[] {
  const first = content.find((piece) => piece.type === "tool-call");
  const foreign = signed && first !== undefined && first.signature === undefined;
  return content.flatMap((piece) => {
    if (piece.type === "text") return [toPart(piece)];
    return piece.type === "tool-call" ? [toCall(piece, foreign)] : [];
  });
}

function toCall({ name, input, signature }: ToolCallContent, foreign: boolean): Part {
  const proof = foreign && signature === undefined ? noSignature : fromSignature(signature);
  return { functionCall: { name, args: input as object }, ...proof };
}

function toPart(content: TextContent | ImageContent): Part {
  if (content.type === "text") return { text: content.text };
  return { inlineData: { mimeType: content.mediaType, data: content.data } };
}

/** Gemini knows a call by its function's name and its place. */
function toResponse({ name, content, isError }: ToolResult): Part {
  const said = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  return { functionResponse: { name, response: isError ? { error: said } : { result: said } } };
}

function imagesOf({ results }: Extract<HistoryTurn, { role: "tool" }>): Part[] {
  return results.flatMap(({ content }) =>
    content.filter((piece) => piece.type === "image").map(toPart),
  );
}

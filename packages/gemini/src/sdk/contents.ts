import {
  type AssistantContent,
  type CanonicalMessage,
  type HistoryTurn,
  type NameRule,
  type ToolResult,
  toTurns,
  type UserContent,
  type VendorHistory,
} from "@acc/dual-mode/provider";
import type { Content, Part } from "@google/generative-ai";
import { fromSignature, noSignature, tracesCalls } from "./signature.ts";

/** As the API's reference has it. */
export const toolNames: NameRule = { characters: /[\w.:-]/, longest: 128, first: /[A-Za-z_]/ };
const vendor: VendorHistory = {
  signedBy: "gemini",
  ids: { characters: /[\w-]/, longest: 64 },
  names: toolNames,
};

/** The history as generateContent takes it; what tools gave begins the user's turn behind it. */
export function toContents(messages: readonly CanonicalMessage[], model: string): Content[] {
  const contents: Content[] = [];
  const traced = tracesCalls(model);
  for (const turn of toTurns(messages, vendor)) {
    const role = turn.role === "assistant" ? "model" : "user";
    const last = contents.at(-1);
    if (last?.role === role) last.parts.push(...toParts(turn, traced));
    else contents.push({ role, parts: toParts(turn, traced) });
  }
  return contents;
}

function toParts(turn: HistoryTurn, traced: boolean): Part[] {
  switch (turn.role) {
    case "system":
    case "user":
      return turn.content.map(toPart);
    case "assistant":
      return toAnswer(turn.content, traced);
    case "tool":
      return [
        ...turn.results.map((result) => toResponse(result, traced)),
        ...turn.results.flatMap(imagesOf),
      ];
  }
}

/** Parallel calls of Gemini's have one signature, at the first; those of another model have none. */
function toAnswer(content: readonly AssistantContent[], traced: boolean): Part[] {
  const first = content.find((piece) => piece.type === "tool-call");
  const foreign = traced && first?.signature === undefined;
  return content.flatMap((piece) => {
    if (piece.type === "text") return [toPart(piece)];
    if (piece.type !== "tool-call") return [];
    const { id, name, input, signature } = piece;
    const functionCall = { ...(traced && { id }), name, args: input as object };
    const proof = foreign && signature === undefined ? noSignature : fromSignature(signature);
    return [{ functionCall, ...proof }];
  });
}

function toPart(content: UserContent): Part {
  if (content.type === "text") return { text: content.text };
  if (content.url !== undefined) {
    return { fileData: { mimeType: content.mediaType ?? "image/*", fileUri: content.url } };
  }
  return { inlineData: { mimeType: content.mediaType, data: content.data } };
}

/** The models before Gemini 3 know a call by its function's name and its place. */
function toResponse({ id, name, content, isError }: ToolResult, traced: boolean): Part {
  const said = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  const response = isError ? { error: said } : { result: said };
  return { functionResponse: { ...(traced && { id }), name, response } };
}

function imagesOf({ content }: ToolResult): Part[] {
  return content.filter((piece) => piece.type !== "text").map(toPart);
}

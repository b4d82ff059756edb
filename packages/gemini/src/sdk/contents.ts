import {
  type AssistantContent,
  type CanonicalMessage,
  checkMedia,
  type HistoryTurn,
  type NameRule,
  type ToolResult,
  toTurns,
  type UserContent,
  type VendorHistory,
} from "@acc/dual-mode/provider";
import type { Content, Part } from "@google/generative-ai";
import { isHeldByResult, media, toMediaPart } from "./media.ts";
import { fromSignature, noSignature, tracesCalls } from "./signature.ts";

/** The rule in the API's reference. */
export const toolNames: NameRule = { characters: /[\w.:-]/, longest: 128, first: /[A-Za-z_]/ };
const vendor: VendorHistory = {
  signedBy: "gemini",
  ids: { characters: /[\w-]/, longest: 64 },
  names: toolNames,
};

/** Converts a history for generateContent; tool results begin the user's turn that follows them. */
export function toContents(messages: readonly CanonicalMessage[], model: string): Content[] {
  checkMedia(messages, media, "Gemini");
  const contents: Content[] = [];
  for (const turn of toTurns(messages, vendor)) {
    const role = turn.role === "assistant" ? "model" : "user";
    const last = contents.at(-1);
    if (last?.role === role) last.parts.push(...toParts(turn, model));
    else contents.push({ role, parts: toParts(turn, model) });
  }
  return contents;
}

function toParts(turn: HistoryTurn, model: string): Part[] {
  switch (turn.role) {
    case "system":
    case "user":
      return turn.content.map((piece) =>
        piece.type === "text" ? { text: piece.text } : toMediaPart(piece, model),
      );
    case "assistant":
      return toAnswer(turn.content, tracesCalls(model));
    case "tool":
      return [
        ...turn.results.map((result) => toResponse(result, model)),
        ...turn.results.flatMap((result) => behind(result, model)),
      ];
  }
}

/**
 * Converts an answer. Gemini's parallel calls have one signature, on the first; calls of other
 * models have none.
 */
function toAnswer(content: readonly AssistantContent[], traced: boolean): Part[] {
  const first = content.find((piece) => piece.type === "tool-call");
  const foreign = traced && first?.signature === undefined;
  return content.flatMap((piece): Part[] => {
    if (piece.type === "text") return [{ text: piece.text }];
    if (piece.type !== "tool-call") return [];
    const { id, name, input, signature } = piece;
    const functionCall = { ...(traced && { id }), name, args: input as object };
    const proof = foreign && signature === undefined ? noSignature : fromSignature(signature);
    return [{ functionCall, ...proof }];
  });
}

/**
 * Converts a tool result. Models before Gemini 3 identify a call by its function's name and its
 * position, and accept no media in the result.
 */
function toResponse({ id, name, content, isError }: ToolResult, model: string): Part {
  const traced = tracesCalls(model);
  const said = content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  const response = isError ? { error: said } : { result: said };
  const parts = traced ? mediaOf(content).filter(isHeldByResult) : [];
  const held = parts.length > 0 && { parts: parts.map((piece) => toMediaPart(piece, model)) };
  return { functionResponse: { ...(traced && { id }), name, response, ...held } };
}

/**
 * Returns the media that results cannot contain, which follow all results, with the function's
 * name.
 */
function behind({ name, content }: ToolResult, model: string): Part[] {
  const media = mediaOf(content).filter((each) => !tracesCalls(model) || !isHeldByResult(each));
  if (media.length === 0) return [];
  return [
    { text: `What the function ${name} gave:` },
    ...media.map((each) => toMediaPart(each, model)),
  ];
}

function mediaOf(content: readonly UserContent[]) {
  return content.filter((piece) => piece.type !== "text");
}

import type { AssistantContent, Source, ToolCall } from "@acc/dual-mode";
import type { AnswerContent, SourceAnswer, ToolCallAnswer } from "../contract/answer.ts";
import { defined } from "../defined.ts";
import { signatureMetadata } from "./metadata.ts";

export function toAnswerContent(piece: AssistantContent): AnswerContent {
  if (piece.type === "text") return { type: "text", text: piece.text };
  if (piece.type === "tool-call") return toToolCall(piece);
  return { type: "reasoning", text: piece.text, ...signatureMetadata(piece.signature) };
}

export function toToolCall({ id, name, input, signature }: ToolCall): ToolCallAnswer {
  return {
    type: "tool-call",
    toolCallId: id,
    toolName: name,
    input: JSON.stringify(input ?? {}),
    ...signatureMetadata(signature),
  };
}

export function toSource({ url, title, text }: Source, id: string): SourceAnswer {
  const cited = text === undefined ? {} : { providerMetadata: { acc: { text } } };
  if (url !== undefined) {
    return { type: "source", sourceType: "url", id, url, ...defined({ title }), ...cited };
  }
  const named = title ?? text ?? "";
  return {
    type: "source",
    sourceType: "document",
    id,
    mediaType: "text/plain",
    title: named,
    ...cited,
  };
}

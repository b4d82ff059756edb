import type { AssistantContent, Message, ToolCall, UserContent } from "@acc/dual-mode";
import type { WireRequest } from "../wires/wire.ts";

/** Tokens for what is not text: the frame of a message, an image, a page of a file. */
const frame = 4;
const image = 1_600;
/** Base64 characters of a file that count as one token. */
const ofFile = 10;

/**
 * Estimates the tokens of a request. Each vendor counts in its own way, and reports the count
 * afterwards.
 */
export function estimateTokens({ system, messages, tools, schema }: WireRequest): number {
  const said = messages.map((message) => frame + ofMessage(message));
  const shapes = [tools, schema && "jsonSchema" in schema ? schema.jsonSchema : undefined];
  const other = [system ?? "", ...shapes.map((each) => (each ? JSON.stringify(each) : ""))];
  return Math.ceil(sum(said) + sum(other.map(ofText)));
}

function ofMessage(message: Message): number {
  const { content } = message;
  const said = typeof content === "string" ? ofText(content) : sum([...content].map(ofPiece));
  const calls = message.role === "assistant" ? (message.toolCalls ?? []) : [];
  return said + sum(calls.map(ofCall));
}

function ofPiece(piece: UserContent | AssistantContent): number {
  switch (piece.type) {
    case "text":
    case "reasoning":
      return ofText(piece.text);
    case "tool-call":
      return ofCall(piece);
    case "image":
      return image;
    case "file":
      return piece.data === undefined ? image : Math.max(image, piece.data.length / ofFile);
  }
}

function ofCall({ name, input }: ToolCall): number {
  return frame + ofText(name) + ofText(JSON.stringify(input) ?? "");
}

/** Four bytes of UTF-8 per token: four English letters, or one and a third Chinese characters. */
function ofText(text: string): number {
  return Buffer.byteLength(text) / 4;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

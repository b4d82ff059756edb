import {
  type AssistantContent,
  type CanonicalMessage,
  type HistoryTurn,
  type ImageContent,
  type NameRule,
  type TextContent,
  type ToolResult,
  toTurns,
  type VendorHistory,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { fromReasoning, fromSignature } from "../thought.ts";

type Block = Anthropic.ContentBlockParam;
export type Param = Anthropic.UserMessageParam | Anthropic.AssistantMessageParam;

/** The API's own pattern, told in its refusals. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 128 };
const vendor: VendorHistory = {
  provider: "claude",
  ids: { characters: /[\w-]/, longest: 64 },
  names: toolNames,
};

/** The history as the Messages API takes it; what tools gave begins the user's turn behind it. */
export function toMessages(messages: readonly CanonicalMessage[]): Param[] {
  const params: { role: "user" | "assistant"; content: Block[] }[] = [];
  for (const turn of toTurns(messages, vendor)) {
    const role = turn.role === "assistant" ? "assistant" : "user";
    const last = params.at(-1);
    if (last?.role === role) last.content.push(...toBlocks(turn));
    else params.push({ role, content: toBlocks(turn) });
  }
  return params as Param[];
}

function toBlocks(turn: HistoryTurn): Block[] {
  switch (turn.role) {
    case "user":
      return turn.content.map(toBlock);
    case "assistant":
      return toAnswer(turn.content);
    case "tool":
      return turn.results.map(toToolResult);
  }
}

/** Thoughts stand where they were thought; where calls alone were kept, by the calls' signatures. */
function toAnswer(content: readonly AssistantContent[]): Block[] {
  const inPlace = content.some(({ type }) => type === "reasoning");
  const blocks: Block[] = [];
  let called = false;
  for (const piece of content) {
    if (piece.type === "text") blocks.push(toBlock(piece));
    else if (piece.type === "reasoning") blocks.push(fromReasoning(piece));
    else {
      const thoughts = inPlace ? [] : fromSignature(piece.signature);
      // A turn begins with what was thought before its first call.
      if (called) blocks.push(...thoughts);
      else blocks.unshift(...thoughts);
      called = true;
      blocks.push({ type: "tool_use", id: piece.id, name: piece.name, input: piece.input });
    }
  }
  while (isThought(blocks.at(-1))) blocks.pop();
  return blocks;
}

/** The API refuses an answer that ends with a thought, as one does that was broken off. */
function isThought(block: Block | undefined): boolean {
  return block?.type === "thinking" || block?.type === "redacted_thinking";
}

/** A block without text is refused: a result that is empty has no content. */
function toToolResult({ id, content, isError }: ToolResult): Anthropic.ToolResultBlockParam {
  return {
    type: "tool_result",
    tool_use_id: id,
    ...(content.length > 0 && { content: content.map(toBlock) }),
    ...(isError && { is_error: true }),
  };
}

function toBlock(
  content: TextContent | ImageContent,
): Anthropic.TextBlockParam | Anthropic.ImageBlockParam {
  if (content.type === "text") return { type: "text", text: content.text };
  const media_type = content.mediaType as Anthropic.Base64ImageSource["media_type"];
  return { type: "image", source: { type: "base64", media_type, data: content.data } };
}

import {
  type AssistantContent,
  type CanonicalMessage,
  type FileContent,
  type HistoryTurn,
  type NameRule,
  type ToolResult,
  toTurns,
  type UserContent,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { fromReasoning, fromSignature, signerOf } from "../thought.ts";

type Block = Anthropic.ContentBlockParam;
export type Param = Anthropic.UserMessageParam | Anthropic.AssistantMessageParam;

/** The API's own pattern, told in its refusals. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 128 };
const ids: NameRule = { characters: /[\w-]/, longest: 64 };

/**
 * The history as the Messages API takes it of a model; what tools gave begins the user's turn
 * behind it. Thoughts are left out where the model is not to think.
 */
export function toMessages(
  messages: readonly CanonicalMessage[],
  model: string,
  thinks: boolean,
): Param[] {
  const vendor = { ids, names: toolNames, ...(thinks && { signedBy: signerOf(model) }) };
  const params: { role: "user" | "assistant"; content: Block[] }[] = [];
  for (const turn of toTurns(messages, vendor)) {
    const role = turn.role === "assistant" ? "assistant" : "user";
    const last = params.at(-1);
    if (last?.role === role) last.content.push(...toBlocks(turn, model));
    else params.push({ role, content: toBlocks(turn, model) });
  }
  return params as Param[];
}

function toBlocks(turn: HistoryTurn, model: string): Block[] {
  switch (turn.role) {
    case "system":
    case "user":
      return turn.content.map(toBlock);
    case "assistant":
      return toAnswer(turn.content, model);
    case "tool":
      return turn.results.map(toToolResult);
  }
}

/**
 * Thoughts stand where they were thought; where calls alone were kept, by the calls' signatures. A
 * turn with thoughts begins with one, and no text stands behind a call: the API refuses both.
 */
function toAnswer(content: readonly AssistantContent[], model: string): Block[] {
  const inPlace = content.some(({ type }) => type === "reasoning");
  const before: Block[] = [];
  const calls: Block[] = [];
  for (const piece of content) {
    if (piece.type === "text") before.push(toBlock(piece));
    else if (piece.type === "reasoning") {
      (calls.length > 0 ? calls : before).push(fromReasoning(piece, model));
    } else {
      const thoughts = inPlace ? [] : fromSignature(piece.signature, model);
      (calls.length > 0 ? calls : before).push(...thoughts);
      calls.push({ type: "tool_use", id: piece.id, name: piece.name, input: piece.input });
    }
  }
  const first = thoughtFirst(before);
  const blocks = [...first, ...(isThought(first[0]) ? calls : calls.filter(isNoThought))];
  while (isThought(blocks.at(-1))) blocks.pop();
  return blocks;
}

function thoughtFirst(blocks: readonly Block[]): readonly Block[] {
  if (isThought(blocks[0])) return blocks;
  return [...blocks.filter(isThought), ...blocks.filter(isNoThought)];
}

function isNoThought(block: Block): boolean {
  return !isThought(block);
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
  content: UserContent,
): Anthropic.TextBlockParam | Anthropic.ImageBlockParam | Anthropic.DocumentBlockParam {
  if (content.type === "text") return { type: "text", text: content.text };
  if (content.type === "file") return toDocument(content);
  if (content.url !== undefined)
    return { type: "image", source: { type: "url", url: content.url } };
  const media_type = content.mediaType as Anthropic.Base64ImageSource["media_type"];
  return { type: "image", source: { type: "base64", media_type, data: content.data } };
}

function toDocument(file: FileContent): Anthropic.DocumentBlockParam {
  const source: Anthropic.DocumentBlockParam["source"] =
    file.url !== undefined
      ? { type: "url", url: file.url }
      : { type: "base64", media_type: "application/pdf", data: file.data };
  return { type: "document", source, ...(file.name && { title: file.name }) };
}

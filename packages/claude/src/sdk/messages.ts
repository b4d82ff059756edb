import {
  type AssistantContent,
  type CanonicalMessage,
  type HistoryTurn,
  type NameRule,
  type TextContent,
  type ToolResult,
  toTurns,
  type UserContent,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { fromReasoning, fromSignature, signerOf } from "../thought.ts";
import { toMediaBlock } from "./media.ts";
import { checkSystemTurns, SystemTurns } from "./system-turns.ts";

type Block = Anthropic.ContentBlockParam;
export type Param = Anthropic.MessageParam;

/** The pattern that the API states in its refusals. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 128 };
const ids: NameRule = { characters: /[\w-]/, longest: 64 };

/**
 * Converts a history for the Messages API; tool results begin the user's turn that follows them.
 * Thoughts are left out if the model should not think.
 */
export function toMessages(
  messages: readonly CanonicalMessage[],
  model: string,
  thinks: boolean,
): Param[] {
  const vendor = { ids, names: toolNames, ...(thinks && { signedBy: signerOf(model) }) };
  const params: { role: Param["role"]; content: Block[] }[] = [];
  const system = new SystemTurns();
  let spoke: "user" | "assistant" | undefined;
  for (const turn of toTurns(messages, vendor)) {
    if (turn.role === "system") {
      checkSystemTurns(model);
      system.hold(turn.content.map(toText));
      continue;
    }
    const role = turn.role === "assistant" ? "assistant" : "user";
    if (role === "assistant") params.push(...system.take(spoke));
    const last = params.at(-1);
    if (last?.role === role) last.content.push(...toBlocks(turn, model));
    else params.push({ role, content: toBlocks(turn, model) });
    spoke = role;
  }
  return [...params, ...system.take(spoke)] as Param[];
}

function toBlocks(turn: Exclude<HistoryTurn, { role: "system" }>, model: string): Block[] {
  switch (turn.role) {
    case "user":
      return turn.content.map(toBlock);
    case "assistant":
      return toAnswer(turn.content, model);
    case "tool":
      return [...turn.results.map(toToolResult), ...turn.results.flatMap(behind)];
  }
}

/**
 * Puts thoughts where they belong, or takes them from the calls' signatures if only calls were
 * kept. A turn with thoughts must begin with one, and no text may follow a call: the API refuses
 * both.
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

/** The API refuses an answer that ends with a thought, as an interrupted one does. */
function isThought(block: Block | undefined): boolean {
  return block?.type === "thinking" || block?.type === "redacted_thinking";
}

/**
 * Leaves out the content of an empty result, because the API refuses a block without text. It also
 * refuses anything but text in a failure (vellum-ai/vellum-assistant#18387).
 */
function toToolResult({ id, content, isError }: ToolResult): Anthropic.ToolResultBlockParam {
  const held = isError ? textsOf(content) : content;
  return {
    type: "tool_result",
    tool_use_id: id,
    ...(held.length > 0 && { content: held.map(toBlock) }),
    ...(isError && { is_error: true }),
  };
}

function textsOf(content: readonly UserContent[]): readonly TextContent[] {
  const texts = content.filter((piece) => piece.type === "text");
  return texts.length > 0 ? texts : [{ type: "text", text: "The tool failed." }];
}

/** Returns the media of a failed result, which follow all results, with the tool's name. */
function behind({ name, content, isError }: ToolResult): Block[] {
  const media = isError ? content.filter((piece) => piece.type !== "text") : [];
  if (media.length === 0) return [];
  return [{ type: "text", text: `What the tool ${name} gave:` }, ...media.map(toBlock)];
}

export function toBlock(
  content: UserContent,
): Anthropic.TextBlockParam | ReturnType<typeof toMediaBlock> {
  return content.type === "text" ? toText(content) : toMediaBlock(content);
}

function toText({ text }: TextContent): Anthropic.TextBlockParam {
  return { type: "text", text };
}

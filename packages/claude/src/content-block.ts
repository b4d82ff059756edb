import {
  checkedInput,
  DualModeError,
  givenText,
  isMembers,
  type Members,
  type Part,
  toolInput,
  unreadable,
} from "@acc/dual-mode/provider";
import type { Thought } from "./thought.ts";

/** A content block of a message that is in progress. */
export type ContentBlock =
  | { readonly type: "text" }
  | { readonly type: "thought"; readonly thought: Thought }
  | { readonly type: "tool"; readonly tool: PendingTool }
  /** The vendor's own search, and whatever later versions add: not part of the answer's text. */
  | { readonly type: "other" };

/** A tool call whose arguments are still arriving. */
export interface PendingTool {
  readonly id: string;
  readonly name: string;
  /** Arguments that came with the start of the block, as some gateways send them. */
  readonly input: Members | undefined;
  json: string;
}

const who = "Claude";

/**
 * Reads the start of a block.
 * @param giveId Returns the call's id for the one that the vendor sent.
 */
export function toBlock(block: unknown, giveId: (id: string | undefined) => string): ContentBlock {
  if (!isMembers(block)) throw unreadable(who, "a block of content that is not an object");
  switch (block.type) {
    case "text":
      return { type: "text" };
    case "thinking": {
      const signature = givenText(block.signature) ?? "";
      return { type: "thought", thought: { type: "thinking", thinking: "", signature } };
    }
    case "redacted_thinking": {
      const data = givenText(block.data) ?? "";
      return { type: "thought", thought: { type: "redacted_thinking", data } };
    }
    case "tool_use":
      return { type: "tool", tool: toTool(block, giveId) };
    default:
      return { type: "other" };
  }
}

function toTool(block: Members, giveId: (id: string | undefined) => string): PendingTool {
  const name = givenText(block.name);
  if (name === undefined) throw unreadable(who, "a tool call without the tool's name");
  const input = typeof block.input === "string" ? toolInput(name, block.input) : block.input;
  const given = isMembers(input) && Object.keys(input).length > 0 ? input : undefined;
  return { id: giveId(givenText(block.id)), name, input: given, json: "" };
}

/**
 * Returns the arguments of a call, or why they cannot be read. Before the end of the answer, no
 * arguments may also mean that they have not arrived.
 */
export function inputOf({ name, input, json }: PendingTool): Members | DualModeError {
  try {
    return json === "" ? checkedInput(name, input) : toolInput(name, json);
  } catch (error) {
    if (DualModeError.is(error)) return error;
    throw error;
  }
}

/** Returns the text in a member of a delta; null and absent count as empty. */
export function deltaText(delta: Members, name: string): string {
  const text = delta[name];
  if (typeof text === "string") return text;
  if (text === undefined || text === null) return "";
  throw unreadable(who, `a delta whose ${name} is not text`);
}

/** Makes a part for a piece of a call's arguments. */
export function shownInput({ id, name }: PendingTool, text: string): Part {
  return { type: "tool-input", id, name, text };
}

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

/** A block of a message's content that is in progress. */
export type ContentBlock =
  | { readonly type: "text" }
  | { readonly type: "thought"; readonly thought: Thought }
  | { readonly type: "tool"; readonly tool: PendingTool }
  /** A search of the vendor's own, and what else a later version brings: no part of the answer's text. */
  | { readonly type: "other" };

/** A call whose arguments still come. */
export interface PendingTool {
  readonly id: string;
  readonly name: string;
  /** The arguments that came with the block itself, as some gateways send them. */
  readonly input: Members | undefined;
  json: string;
}

const who = "Claude";

/**
 * A block as it begins.
 * @param giveId The call's id, from the one that the vendor gave.
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

/** Whether the arguments are there; they may also be none, as far as one can tell before the end. */
export function inputOf({ name, input, json }: PendingTool): Members | DualModeError {
  try {
    return json === "" ? checkedInput(name, input) : toolInput(name, json);
  } catch (error) {
    if (DualModeError.is(error)) return error;
    throw error;
  }
}

/** The text of a delta's member; null and nothing are no text. */
export function deltaText(delta: Members, name: string): string {
  const text = delta[name];
  if (typeof text === "string") return text;
  if (text === undefined || text === null) return "";
  throw unreadable(who, `a delta whose ${name} is not text`);
}

/** A piece of a call's arguments, for showing. */
export function shownInput({ id, name }: PendingTool, text: string): Part {
  return { type: "tool-input", id, name, text };
}

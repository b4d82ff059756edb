import type { AssistantContent, Message } from "@acc/dual-mode";
import { type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { assistantBlock } from "../messages/read-blocks.ts";
import { CallIds } from "../openai/call-ids.ts";
import { listOf, resultPieces, textPiece, textPieces, userPieces } from "../openai/pieces.ts";
import type { ChatBodyMessage } from "./chat-form.ts";
import { readCalls } from "./read-calls.ts";

/** Converts the messages of a body to those of the core. */
export function readMessages(messages: readonly ChatBodyMessage[]): Message[] {
  const ids = new CallIds();
  return messages.flatMap((message, index) => {
    const at = `messages[${index}]`;
    switch (message.role) {
      case "system":
      case "developer":
        return system(message.content, `${at}.content`);
      case "user":
        return user(message.content, `${at}.content`, ids);
      case "assistant":
        return [assistant(message, at, ids)];
      case "tool":
      case "function":
        return [toolResult(message, at, ids)];
      default: {
        const roles = '"system", "developer", "user", "assistant" or "tool"';
        throw new InvalidBody(`${at}.role must be ${roles}.`, `${at}.role`);
      }
    }
  });
}

function system(content: unknown, at: string): Message[] {
  const texts = textPieces(content, at);
  return texts.length === 0 ? [] : [{ role: "system", content: texts }];
}

/**
 * Reads a user's message; an empty one is left out. Tool results in Anthropic's form, which may be
 * among the pieces, become messages of their own.
 */
function user(content: unknown, at: string, ids: CallIds): Message[] {
  if (typeof content === "string") return content.trim() === "" ? [] : [{ role: "user", content }];
  const all = listOf(content, at);
  const results = all.filter(([{ type }]) => type === "tool_result");
  const said = all.filter(([{ type }]) => type !== "tool_result");
  const pieces = said.flatMap(([piece, here]) => userPieces(piece, here));
  return [
    ...results.map(([{ tool_use_id: id, content: given, is_error: failed }, here]) => ({
      ...result(ids.answered(id), given, here, `${here}.tool_use_id`),
      ...(failed === true && { isError: true }),
    })),
    ...(pieces.length === 0 ? [] : [{ role: "user", content: pieces } as const]),
  ];
}

function assistant(message: Members, at: string, ids: CallIds): Message {
  const { content, refusal, reasoning_content: reasoning, reasoning: other } = message;
  const thought = [reasoning, other].find((each) => typeof each === "string" && each !== "");
  const said = listOf(content, `${at}.content`).flatMap(([piece, here]) =>
    assistantPiece(piece, here, ids),
  );
  const refused = typeof refusal === "string" && refusal !== "" && said.length === 0;
  const pieces: AssistantContent[] = [
    ...(thought === undefined ? [] : [{ type: "reasoning", text: thought as string } as const]),
    ...said,
    ...(refused ? [{ type: "text", text: refusal } as const] : []),
    ...readCalls(message, at, ids),
  ];
  return { role: "assistant", content: pieces };
}

/**
 * Reads a piece of an assistant's message. A program that takes the model for one of Anthropic's
 * also puts thoughts and tool calls there.
 */
function assistantPiece(piece: Members, at: string, ids: CallIds): AssistantContent[] {
  const { type, text } = piece;
  const said = textPiece(piece, at);
  if (said !== undefined) return [said];
  if (type === "reasoning") return [{ type, text: textAt(text, `${at}.text`) }];
  const block = assistantBlock(piece, at);
  if (block?.type !== "tool-call") return block === undefined ? [] : [block];
  return [{ ...block, id: ids.called(block.id, block.name) }];
}

function toolResult(message: Members, at: string, ids: CallIds): Message {
  const { content, tool_call_id: id, name, tool_name: other } = message;
  const isOld = message.role === "function";
  const known = ids.answered(id, isOld ? name : (name ?? other));
  return result(known, content, `${at}.content`, `${at}.${isOld ? "name" : "tool_call_id"}`);
}

function result(id: string | undefined, content: unknown, at: string, member: string): Message {
  if (id === undefined)
    throw new InvalidBody(`${member} does not match an earlier tool call.`, member);
  const pieces = typeof content === "string" ? content : resultPieces(content, at);
  return { role: "tool", toolCallId: id, content: pieces };
}

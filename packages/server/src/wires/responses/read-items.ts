import type { AssistantContent, Message } from "@acc/dual-mode";
import { type Members, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { toolArguments } from "../body/tool-arguments.ts";
import { CallIds } from "../openai/call-ids.ts";
import { resultPieces, textPieces, userPieces } from "../openai/pieces.ts";
import { flatName } from "./tool-names.ts";

/**
 * Converts the items of an input to the messages of the core: what a model produced in one turn
 * becomes one message.
 */
export function readItems(input: string | readonly Members[]): Message[] {
  if (typeof input === "string") return [{ role: "user", content: input }];
  const ids = new CallIds();
  const messages: Message[] = [];
  let turn: AssistantContent[] | undefined;
  for (const [index, item] of input.entries()) {
    const at = `input[${index}]`;
    const said = assistantContent(item, at, ids);
    if (said === undefined) {
      turn = undefined;
      messages.push(...otherItem(item, at, ids));
    } else if (turn === undefined) {
      turn = [...said];
      messages.push({ role: "assistant", content: turn });
    } else {
      turn.push(...said);
    }
  }
  return messages;
}

/** Returns what the model produced; undefined for an item that is not the model's. */
function assistantContent(item: Members, at: string, ids: CallIds): AssistantContent[] | undefined {
  switch (item.type) {
    case undefined:
    case "message":
      return item.role === "assistant" ? textPieces(item.content, `${at}.content`) : undefined;
    case "reasoning":
      return thought(item);
    case "function_call": {
      const name = flatName(textAt(item.name, `${at}.name`), item.namespace);
      return [call(item, name, toolArguments(item.arguments), ids)];
    }
    case "custom_tool_call": {
      const name = flatName(textAt(item.name, `${at}.name`), item.namespace);
      return [call(item, name, { input: textAt(item.input, `${at}.input`) }, ids)];
    }
    case "local_shell_call":
    case "shell_call":
    case "apply_patch_call": {
      const { type, action, operation = action } = item;
      return [call(item, type.slice(0, -"_call".length), operation, ids)];
    }
    default:
      return undefined;
  }
}

function call({ id, call_id }: Members, name: string, input: unknown, ids: CallIds) {
  return {
    type: "tool-call",
    id: ids.called(call_id ?? id, name),
    name,
    input: input ?? {},
  } as const;
}

/** Reads a thought: its summary, and the signature that the vendor wants back. */
function thought({ summary, content, encrypted_content: signature }: Members): AssistantContent[] {
  const pieces = [summary, content].flatMap((each) => (Array.isArray(each) ? each : []));
  const texts = pieces.map((piece: unknown) => Object(piece).text);
  const text = texts.filter((each) => typeof each === "string").join("\n\n");
  const isSigned = typeof signature === "string" && signature !== "";
  if (!isSigned && text === "") return [];
  return [{ type: "reasoning", text, ...(isSigned && { signature }) }];
}

function otherItem(item: Members, at: string, ids: CallIds): Message[] {
  switch (item.type) {
    case undefined:
    case "message":
      return message(item, at);
    case "function_call_output":
    case "custom_tool_call_output":
    case "local_shell_call_output":
    case "shell_call_output":
    case "apply_patch_call_output":
      return [toolOutput(item, at, ids)];
    // Read by `readTools`.
    case "additional_tools":
      return [];
    case "item_reference":
      throw new InvalidBody(`${at} names an item by its id: this server keeps none. Send it.`, at);
    default:
      if (foreign.test(String(item.type))) return [];
      throw unknownType(item.type, at, [
        "message",
        "reasoning",
        "function_call",
        "function_call_output",
        "custom_tool_call",
        "custom_tool_call_output",
      ]);
  }
}

/** Items of OpenAI's own servers, in a conversation that began with them, and notes of Codex. */
const foreign =
  /^(web_search|file_search|code_interpreter|image_generation|computer|mcp|tool_search|compaction|ghost_snapshot)/;

function message({ role, content }: Members, at: string): Message[] {
  if (role === "system" || role === "developer") {
    const texts = textPieces(content, `${at}.content`);
    return texts.length === 0 ? [] : [{ role: "system", content: texts }];
  }
  if (role !== "user") {
    const roles = '"user", "assistant", "system" or "developer"';
    throw new InvalidBody(`${at}.role must be ${roles}.`, `${at}.role`);
  }
  const pieces = userPieces(content, `${at}.content`);
  return pieces.length === 0 ? [] : [{ role: "user", content: pieces }];
}

function toolOutput(item: Members, at: string, ids: CallIds): Message {
  const { call_id, id, output, status } = item;
  const isCalledById = typeof id === "string" && String(item.type).startsWith("local_shell");
  const toolCallId = ids.answered(call_id ?? (isCalledById ? id : undefined));
  if (toolCallId === undefined) {
    throw new InvalidBody(`${at}.call_id does not match an earlier tool call.`, `${at}.call_id`);
  }
  return { role: "tool", toolCallId, content: resultPieces(output ?? status, `${at}.output`) };
}

import type { AssistantContent, Message, UserContent } from "@acc/dual-mode";
import { listAt, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { toImage } from "../body/media.ts";
import { toolArguments } from "../body/tool-arguments.ts";
import { audioContent, fileContent, withoutBytes } from "../openai/content.ts";
import { flatName } from "./tool-names.ts";

/** The items of an input as the core takes them: what a model gave in one turn is one message. */
export function readItems(input: string | readonly Members[]): Message[] {
  if (typeof input === "string") return [{ role: "user", content: input }];
  const messages: Message[] = [];
  let turn: AssistantContent[] | undefined;
  for (const [index, item] of input.entries()) {
    const at = `input[${index}]`;
    const said = assistantContent(item, at);
    if (said === undefined) {
      turn = undefined;
      messages.push(...otherItem(item, at));
    } else if (turn === undefined) {
      turn = [...said];
      messages.push({ role: "assistant", content: turn });
    } else {
      turn.push(...said);
    }
  }
  return messages;
}

/** What the model gave; undefined for an item that is not its own. */
function assistantContent(item: Members, at: string): AssistantContent[] | undefined {
  switch (item.type) {
    case undefined:
    case "message":
      return item.role === "assistant" ? textPieces(item.content, `${at}.content`) : undefined;
    case "reasoning":
      return thought(item);
    case "function_call":
      return [call(item, toolArguments(item.arguments), at)];
    case "custom_tool_call":
      return [call(item, { input: textAt(item.input, `${at}.input`) }, at)];
    default:
      return undefined;
  }
}

function call(item: Members, input: unknown, at: string): AssistantContent {
  const name = flatName(textAt(item.name, `${at}.name`), item.namespace);
  return { type: "tool-call", id: textAt(item.call_id, `${at}.call_id`), name, input };
}

/** Its summary, and what the vendor wants back with it. */
function thought({ summary, content, encrypted_content: signature }: Members): AssistantContent[] {
  const pieces = [summary, content].flatMap((each) => (Array.isArray(each) ? each : []));
  const texts = pieces.map((piece: unknown) => Object(piece).text);
  const text = texts.filter((each) => typeof each === "string").join("\n\n");
  const isSigned = typeof signature === "string" && signature !== "";
  if (!isSigned && text === "") return [];
  return [{ type: "reasoning", text, ...(isSigned && { signature }) }];
}

function otherItem(item: Members, at: string): Message[] {
  switch (item.type) {
    case undefined:
    case "message":
      return message(item, at);
    case "function_call_output":
    case "custom_tool_call_output":
      return [toolOutput(item, at)];
    // Read with the tools of the body.
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

/** What OpenAI's own servers did in a conversation that began with them. */
const foreign =
  /^(web_search|file_search|code_interpreter|image_generation|computer|mcp|tool_search|local_shell|compaction)/;

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

function toolOutput(item: Members, at: string): Message {
  const toolCallId = textAt(item.call_id, `${at}.call_id`);
  return { role: "tool", toolCallId, content: userPieces(item.output, `${at}.output`) };
}

function textPieces(content: unknown, at: string): { type: "text"; text: string }[] {
  if (content === undefined || content === null || content === "") return [];
  if (typeof content === "string") return [{ type: "text", text: content }];
  return listAt(content, at).map((piece, index) => {
    const here = `${at}[${index}]`;
    const { type, text, refusal } = membersAt(piece, here);
    if (type === "refusal") return { type: "text", text: textAt(refusal, `${here}.refusal`) };
    if (type !== "output_text" && type !== "input_text" && type !== "text") {
      throw unknownType(type, here, ["output_text", "input_text", "refusal"]);
    }
    return { type: "text", text: textAt(text, `${here}.text`) };
  });
}

function userPieces(content: unknown, at: string): UserContent[] {
  if (content === undefined || content === null || content === "") return [];
  if (typeof content === "string") return [{ type: "text", text: content }];
  return listAt(content, at).map((piece, index) => {
    const here = `${at}[${index}]`;
    return userPiece(membersAt(piece, here), here);
  });
}

function userPiece(piece: Members, at: string): UserContent {
  switch (piece.type) {
    case "input_text":
    case "output_text":
    case "text":
      return { type: "text", text: textAt(piece.text, `${at}.text`) };
    case "input_image": {
      if (typeof piece.image_url !== "string") throw withoutBytes(piece.file_id, at);
      return toImage(piece.image_url, `${at}.image_url`);
    }
    case "input_file":
      return fileContent(piece, at);
    case "input_audio":
      return audioContent(membersAt(piece.input_audio, `${at}.input_audio`), `${at}.input_audio`);
    default:
      throw unknownType(piece.type, at, ["input_text", "input_image", "input_file"]);
  }
}

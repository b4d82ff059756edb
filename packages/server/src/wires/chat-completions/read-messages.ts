import type { AssistantContent, Message, TextContent, UserContent } from "@acc/dual-mode";
import { isMembers, listAt, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { toImage } from "../body/media.ts";
import { audioContent, fileContent } from "../openai/content.ts";
import type { ChatBodyMessage } from "./chat-form.ts";
import { type CallsByName, readCalls } from "./read-calls.ts";

/** The messages of a body as the core takes them. */
export function readMessages(messages: readonly ChatBodyMessage[]): Message[] {
  const calls: CallsByName = new Map();
  return messages.flatMap((message, index) => {
    const at = `messages[${index}]`;
    switch (message.role) {
      case "system":
      case "developer":
        return system(message.content, `${at}.content`);
      case "user":
        return user(message.content, `${at}.content`);
      case "assistant":
        return [assistant(message, at, calls)];
      case "tool":
        return [toolResult(message, textAt(message.tool_call_id, `${at}.tool_call_id`), at)];
      case "function":
        return [toolResult(message, idOf(message, calls, at), at)];
      default: {
        const roles = '"system", "developer", "user", "assistant" or "tool"';
        throw new InvalidBody(`${at}.role must be ${roles}.`, `${at}.role`);
      }
    }
  });
}

function system(content: unknown, at: string): Message[] {
  const texts = textsOf(content, at);
  return texts.length === 0 ? [] : [{ role: "system", content: texts }];
}

/** A turn in which nothing is said is none. */
function user(content: unknown, at: string): Message[] {
  if (typeof content === "string") return content.trim() === "" ? [] : [{ role: "user", content }];
  const pieces = piecesOf(content, at);
  return pieces.length === 0 ? [] : [{ role: "user", content: pieces }];
}

function assistant(message: Members, at: string, calls: CallsByName): Message {
  const { content, refusal, reasoning_content: reasoning, reasoning: other } = message;
  const thought = [reasoning, other].find((each) => typeof each === "string" && each !== "");
  const said = textsOf(content, `${at}.content`);
  const refused = typeof refusal === "string" && refusal !== "" && said.length === 0;
  const pieces: AssistantContent[] = [
    ...(thought === undefined ? [] : [{ type: "reasoning", text: thought as string } as const]),
    ...said,
    ...(refused ? [{ type: "text", text: refusal } as const] : []),
    ...readCalls(message, at, calls),
  ];
  return { role: "assistant", content: pieces };
}

function toolResult({ content }: Members, toolCallId: string, at: string): Message {
  const pieces = typeof content === "string" ? content : piecesOf(content, `${at}.content`);
  return { role: "tool", toolCallId, content: pieces };
}

function idOf({ name }: Members, calls: CallsByName, at: string): string {
  const id = calls.get(textAt(name, `${at}.name`));
  if (id !== undefined) return id;
  throw new InvalidBody(`${at}.name is that of no function that was called.`, `${at}.name`);
}

/** Text alone, as system and assistant have it. */
function textsOf(content: unknown, at: string): TextContent[] {
  if (content === null || content === undefined || content === "") return [];
  if (typeof content === "string") return [{ type: "text", text: content }];
  return listAt(content, at).map((piece, index) => {
    const here = `${at}[${index}]`;
    const { type, text, refusal } = membersAt(piece, here);
    if (type === "refusal") return { type: "text", text: textAt(refusal, `${here}.refusal`) };
    if (type !== "text") throw unknownType(type, here, ["text"]);
    return { type: "text", text: textAt(text, `${here}.text`) };
  });
}

function piecesOf(content: unknown, at: string): UserContent[] {
  if (content === null || content === undefined) return [];
  if (typeof content === "string") return [{ type: "text", text: content }];
  return listAt(content, at).map((piece, index) => {
    const here = `${at}[${index}]`;
    return toPiece(membersAt(piece, here), here);
  });
}

function toPiece(piece: Members, at: string): UserContent {
  switch (piece.type) {
    case "text":
      return { type: "text", text: textAt(piece.text, `${at}.text`) };
    case "image_url": {
      const image = piece.image_url;
      const url = isMembers(image) ? image.url : image;
      return toImage(textAt(url, `${at}.image_url.url`), `${at}.image_url.url`);
    }
    case "file":
      return fileContent(membersAt(piece.file, `${at}.file`), `${at}.file`);
    case "input_audio":
      return audioContent(membersAt(piece.input_audio, `${at}.input_audio`), `${at}.input_audio`);
    default:
      throw unknownType(piece.type, at, ["text", "image_url", "file", "input_audio"]);
  }
}

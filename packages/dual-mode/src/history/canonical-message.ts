import type { CanonicalMessage } from "../contract/canonical.ts";
import type {
  AssistantContent,
  Message,
  TextContent,
  ToolCall,
  ToolCallContent,
  UserContent,
} from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { isDeepJson } from "../text/nesting.ts";
import { canonicalMedia } from "./canonical-media.ts";
import { jsonCopy } from "./json-copy.ts";
import { wellFormed } from "./well-formed.ts";
import { withoutBlanks } from "./without-blanks.ts";

/** Returns a message in its one form; `at` names it in errors. */
export function canonicalMessage(message: Message, at: string): CanonicalMessage {
  switch (message.role) {
    case "system":
      return { role: "system", content: withoutBlanks(texts(message.content)) };
    case "user":
      return { role: "user", content: withoutBlanks(userContent(message.content, at)) };
    case "assistant":
      return { role: "assistant", content: withoutBlanks(assistantContent(message, at)) };
    case "tool":
      return toolMessage(message, at);
  }
}

/** A failure always gets a text, because there is a vendor that refuses one without. */
function toolMessage(message: Extract<Message, { role: "tool" }>, at: string): CanonicalMessage {
  const content = withoutBlanks(userContent(message.content, at));
  const role = "tool";
  const toolCallId = wellFormed(message.toolCallId);
  if (message.isError !== true) return { role, toolCallId, content };
  const said = content.length > 0 ? content : [{ type: "text", text: "The tool failed." } as const];
  return { role, toolCallId, content: said, isError: true };
}

function texts(content: string | readonly TextContent[]): TextContent[] {
  const pieces = typeof content === "string" ? [{ text: content }] : content;
  return pieces.map(({ text }) => ({ type: "text", text: wellFormed(text) }));
}

function userContent(content: string | readonly UserContent[], at: string): UserContent[] {
  if (typeof content === "string") return [{ type: "text", text: wellFormed(content) }];
  return content.map((part, index) =>
    part.type === "text"
      ? { type: "text", text: wellFormed(part.text) }
      : canonicalMedia(part, `${at}.content[${index}]`),
  );
}

/**
 * Calls in `toolCalls` come after the content; a call that is also in the content is not repeated.
 */
function assistantContent(
  { content, toolCalls = [] }: Extract<Message, { role: "assistant" }>,
  at: string,
): AssistantContent[] {
  if (typeof content === "string") {
    const text = { type: "text", text: wellFormed(content) } as const;
    return [text, ...toolCalls.map((call, index) => toCall(call, `${at}.toolCalls[${index}]`))];
  }
  const parts = content.map((part, index) => toPart(part, `${at}.content[${index}]`));
  const held = new Set(content.map((part) => (part.type === "tool-call" ? part.id : undefined)));
  toolCalls.forEach((call, index) => {
    if (!held.has(call.id)) parts.push(toCall(call, `${at}.toolCalls[${index}]`));
  });
  return parts;
}

function toPart(part: AssistantContent, at: string): AssistantContent {
  if (part.type === "tool-call") return toCall(part, at);
  if (part.type === "text") return { type: "text", text: wellFormed(part.text) };
  return { type: "reasoning", text: wellFormed(part.text), ...signatureOf(part) };
}

function toCall(call: ToolCall, at: string): ToolCallContent {
  return {
    type: "tool-call",
    id: wellFormed(call.id),
    name: wellFormed(call.name),
    input: toInput(call.input, `${at}.input`),
    ...signatureOf(call),
  };
}

function signatureOf({ signature }: { readonly signature?: string | undefined }): {
  signature?: string;
} {
  return signature ? { signature: wellFormed(signature) } : {};
}

/** Vendors accept arguments only as an object, whatever a model produced. */
function toInput(input: unknown, at: string): object {
  if (input === undefined || input === null) return {};
  const copy = jsonCopy(input, at);
  if (isObject(copy)) return copy;
  return (typeof copy === "string" && parsedObject(copy, at)) || { input: copy };
}

/** Servers write "" and "null" for a call without arguments. */
function parsedObject(text: string, at: string): object | undefined {
  if (text.trim() === "") return {};
  if (isDeepJson(text)) {
    throw new DualModeError("INVALID_REQUEST", `${at} is nested too deep.`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return {};
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

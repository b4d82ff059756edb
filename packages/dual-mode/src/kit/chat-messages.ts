import type { CanonicalRequest } from "../contract/canonical.ts";
import type {
  AssistantContent,
  FileContent,
  ImageContent,
  UserContent,
} from "../contract/request.ts";
import type { NameRule } from "../history/fitted-name.ts";
import {
  type HistoryTurn,
  type ToolResult,
  toTurns,
  type VendorHistory,
} from "../history/turns.ts";

/** The rule for tool names of the strictest servers. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };
const anyServer: VendorHistory = {
  ids: { characters: /[\w-]/, longest: 40 },
  names: toolNames,
};

/** The member in which a server wants earlier reasoning back. */
export type ReasoningMember = "reasoning_content" | "reasoning";

/** A message of chat completions. */
export type ChatMessage =
  | { readonly role: "system"; readonly content: string }
  | { readonly role: "user"; readonly content: string | readonly ChatContent[] }
  | {
      readonly role: "assistant";
      /** Empty for calls without text, and never null, because some servers refuse null. */
      readonly content: string;
      readonly tool_calls?: readonly ChatToolCall[];
      readonly reasoning_content?: string;
      readonly reasoning?: string;
    }
  | { readonly role: "tool"; readonly tool_call_id: string; readonly content: string };

export type ChatContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } }
  | {
      readonly type: "file";
      readonly file: { readonly filename: string; readonly file_data: string };
    };

export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

/**
 * Converts the system prompt and the history of a request for chat completions. Reasoning is left
 * out, unless the server wants it back in a member: then every message with tool calls has that
 * member.
 */
export function toChatMessages(
  { system, messages, tools }: Pick<CanonicalRequest, "system" | "messages" | "tools">,
  reasoningMember?: ReasoningMember,
): ChatMessage[] {
  const first: ChatMessage[] = system === undefined ? [] : [{ role: "system", content: system }];
  const turns = toTurns(messages, { ...anyServer, tools, unsigned: reasoningMember !== undefined });
  return withUsersJoined([...first, ...turns.flatMap((turn) => toMessages(turn, reasoningMember))]);
}

/**
 * Joins adjacent user messages, because servers want roles to alternate: images and files of tool
 * results come at the beginning of the user's message after them.
 */
function withUsersJoined(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last?.role === "user" && message.role === "user") {
      const content = [...partsOf(last.content), ...partsOf(message.content)];
      joined[joined.length - 1] = { role: "user", content };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

function partsOf(content: string | readonly ChatContent[]): readonly ChatContent[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function toMessages(turn: HistoryTurn, member?: ReasoningMember): readonly ChatMessage[] {
  if (turn.role === "system") return [{ role: "system", content: joined(turn.content) }];
  if (turn.role === "user") return [{ role: "user", content: toContent(turn.content) }];
  if (turn.role === "assistant") return [toAssistant(turn.content, member)];
  const media = turn.results.flatMap(mediaOf);
  return [
    ...turn.results.map(toToolMessage),
    ...(media.length > 0 ? [{ role: "user" as const, content: media }] : []),
  ];
}

function toAssistant(
  content: readonly AssistantContent[],
  member: ReasoningMember | undefined,
): ChatMessage {
  const thought = content.map((piece) => (piece.type === "reasoning" ? piece.text : "")).join("");
  const calls = content.filter((piece) => piece.type === "tool-call");
  const tool_calls = calls.map(({ id, name, input }) => ({
    id,
    type: "function" as const,
    function: { name, arguments: JSON.stringify(input) },
  }));
  return {
    role: "assistant",
    content: joined(content),
    ...(calls.length > 0 && { tool_calls }),
    ...(member !== undefined && (calls.length > 0 || thought !== "") && { [member]: thought }),
  };
}

/** There is no member for a failure, so the text says it. Some servers refuse an empty text. */
function toToolMessage({ id, content, isError }: ToolResult): ChatMessage {
  const text = joined(content) || wordFor(content);
  return { role: "tool", tool_call_id: id, content: isError ? `Error: ${text}` : text };
}

function wordFor(content: readonly UserContent[]): string {
  if (content.length === 0) return "(no output)";
  return content.some(({ type }) => type === "file") ? "(files)" : "(images)";
}

/**
 * A tool's message takes only text: images and files follow after the messages of all the turn's
 * calls.
 */
function mediaOf({ name, content }: ToolResult): readonly ChatContent[] {
  const media = content.filter((piece) => piece.type !== "text");
  if (media.length === 0) return [];
  return [{ type: "text", text: `What the tool ${name} gave:` }, ...media.map(toMedia)];
}

/** Models that see no images accept only a string. */
function toContent(content: readonly UserContent[]): string | readonly ChatContent[] {
  if (content.every(({ type }) => type === "text")) return joined(content);
  return content.map((part) => (part.type === "text" ? part : toMedia(part)));
}

function toMedia(piece: ImageContent | FileContent): ChatContent {
  const { url, mediaType, data } = piece;
  const held = url ?? `data:${mediaType};base64,${data}`;
  if (piece.type === "image") return { type: "image_url", image_url: { url: held } };
  // Some servers refuse data without a file name.
  const filename = piece.name ?? `file.${mediaType?.split("/").at(-1)}`;
  return { type: "file", file: { filename, file_data: held } };
}

function joined(content: readonly (AssistantContent | UserContent)[]): string {
  return content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}

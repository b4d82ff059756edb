import type { Message, ToolCall } from "../contract/request.ts";

/** Returns the calls of the last turn that have no result yet, if only results follow it. */
export function pendingCalls(messages: readonly Message[]): readonly ToolCall[] {
  const index = messages.findLastIndex(({ role }) => role !== "tool");
  const turn = messages[index];
  if (turn?.role !== "assistant") return [];
  const answered = messages
    .slice(index + 1)
    .flatMap((message) => (message.role === "tool" ? [message.toolCallId] : []));
  return callsOf(turn).filter(({ id }) => !answered.includes(id));
}

/** A call that is both in the content and in `toolCalls` is one call. */
function callsOf({
  content,
  toolCalls = [],
}: Extract<Message, { role: "assistant" }>): readonly ToolCall[] {
  const pieces = typeof content === "string" ? [] : content;
  const held = pieces.filter((piece) => piece.type === "tool-call");
  return [...held, ...toolCalls.filter(({ id }) => held.every((call) => call.id !== id))];
}

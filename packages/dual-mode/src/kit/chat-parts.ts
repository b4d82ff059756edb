import type { FinishReason, Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";
import { statusToCode } from "../http/status-to-code.ts";
import { ChatCalls } from "./chat-calls.ts";
import { type ChatChunk, toChatUsage } from "./chat-chunk.ts";

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  content_filter: "content-filter",
};

/** The events of one answer as parts. Ends with an error where the answer did not end. */
export async function* toChatParts(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<Part> {
  const calls = new ChatCalls();
  let started = false;
  let ended: string | undefined;
  let usage: Part | undefined;
  for await (const { data } of events) {
    if (data === "[DONE]") break;
    const chunk = parsed(data);
    if (!started) yield toStart(chunk);
    started = true;
    if (chunk.usage) usage = { type: "usage", usage: toChatUsage(chunk) };
    const choice = chunk.choices?.[0];
    const { content, reasoning, reasoning_content, tool_calls } = choice?.delta ?? {};
    const thought = reasoning ?? reasoning_content;
    if (thought) yield { type: "reasoning", text: thought };
    if (content) yield { type: "text", text: content };
    for (const delta of tool_calls ?? []) calls.add(delta);
    ended = choice?.finish_reason ?? ended;
  }
  if (!started) throw new DualModeError("INVALID_OUTPUT", "The server answered nothing.");
  if (ended === undefined) throw new DualModeError("NETWORK", "The answer was cut in mid-stream.");
  yield* calls.parts();
  if (usage) yield usage;
  yield { type: "finish", reason: reasons[ended] ?? "other" };
}

/** @throws {@link DualModeError} for an event that is no JSON, or that tells an error */
function parsed(data: string): ChatChunk {
  let chunk: ChatChunk;
  try {
    chunk = JSON.parse(data) as ChatChunk;
  } catch (cause) {
    throw new DualModeError("INVALID_OUTPUT", "The server sent an event that is not JSON.", {
      cause,
    });
  }
  if (chunk.error === undefined) return chunk;
  const { message = "an error", code = "" } =
    typeof chunk.error === "string" ? { message: chunk.error } : chunk.error;
  const status = typeof code === "number" ? code : 500;
  throw new DualModeError(
    statusToCode(status, `${code} ${message}`),
    `The server said: ${message}`,
  );
}

function toStart({ model, id }: ChatChunk): Part {
  return { type: "start", ...(model !== undefined && { model }), ...(id !== undefined && { id }) };
}

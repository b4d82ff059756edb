import type { FinishReason, Reply, Source, ToolCall, Usage } from "@acc/dual-mode";
import { customInput } from "../openai/tool-kinds.ts";
import { counted } from "../openai/usage.ts";
import type { Made } from "../wire.ts";
import { withSignature } from "./read-calls.ts";

/** Makes a complete answer in the form of chat completions. */
export function chatAnswer(reply: Reply, made: Made, custom: ReadonlySet<string>): object {
  const { id, created } = made;
  const { text, reasoning, toolCalls, sources, usage, finishReason } = reply;
  const calls = toolCalls.map((call) => ({
    ...(custom.has(call.name) ? customCall(call) : toolCall(call)),
    ...withSignature(call.signature),
  }));
  const cited = sources.flatMap(citation);
  const message = {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(cited.length > 0 && { annotations: cited }),
  };
  const choice = { index: 0, message, logprobs: null, finish_reason: chatFinish(finishReason) };
  return {
    id: `chatcmpl-${id}`,
    object: "chat.completion",
    created,
    model: reply.model,
    choices: [choice],
    ...(usage && { usage: chatUsage(usage) }),
  };
}

function toolCall({ id, name, input }: ToolCall): object {
  return { id, type: "function", function: { name, arguments: JSON.stringify(input ?? {}) } };
}

/** A call of a tool that takes free text. */
export function customCall({ id, name, input }: ToolCall): object {
  return { id, type: "custom", custom: { name, input: customInput(input) } };
}

/** Leaves out a source without a URL, which this wire cannot cite. */
export function citation({ url, title = "" }: Source): object[] {
  if (url === undefined) return [];
  const cited = { url, title, start_index: 0, end_index: 0 };
  return [{ type: "url_citation", url_citation: cited }];
}

const finishes: Readonly<Record<FinishReason, string>> = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  other: "stop",
};

export function chatFinish(reason: FinishReason): string {
  return finishes[reason];
}

export function chatUsage(usage: Usage): object {
  const { prompt, cached, output, reasoning } = counted(usage);
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

import type { CanonicalRequest } from "../contract/canonical.ts";
import { toChatFormat, withWordOfJson } from "./chat-format.ts";
import { type ReasoningMember, toChatMessages } from "./chat-messages.ts";
import { type ReasoningLevels, toReasoningEffort } from "./chat-reasoning.ts";
import { toChatTool, toChatToolChoice } from "./chat-tools.ts";
import { withVendorMembers } from "./vendor-members.ts";

/** Members in which servers of chat completions differ. */
export interface ChatForms {
  /** The member in which the server wants earlier reasoning back. */
  readonly reasoningMember?: ReasoningMember | undefined;
  readonly reasoningLevels?: ReasoningLevels | undefined;
}

/**
 * Members that the caller's own members must not change, such as `n`, because only one answer is
 * read.
 */
const fixed = ["model", "messages", "stream", "stream_options", "n"];

/** Returns the body of a streaming chat completion for a request. */
export function toChatBody(request: CanonicalRequest, forms: ChatForms = {}): object {
  const { model, temperature, topP, stop, maxOutputTokens, seed } = request;
  const { json, tools, topK, presencePenalty, frequencyPenalty, vendor } = request;
  const body = {
    model,
    messages: withWordOfJson(toChatMessages(request, forms.reasoningMember), json),
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    top_p: topP,
    top_k: topK,
    presence_penalty: presencePenalty,
    frequency_penalty: frequencyPenalty,
    stop,
    max_tokens: maxOutputTokens,
    seed,
    reasoning_effort: toReasoningEffort(request, forms.reasoningLevels),
    response_format: toChatFormat(request),
    tools: tools?.map(toChatTool),
    ...toChatToolChoice(request),
  };
  return withVendorMembers(body, vendor, { fixed });
}

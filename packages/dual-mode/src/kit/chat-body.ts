import type { CanonicalRequest } from "../contract/canonical.ts";
import { toChatFormat, withWordOfJson } from "./chat-format.ts";
import { type ReasoningMember, toChatMessages } from "./chat-messages.ts";
import { type ReasoningLevels, toReasoningEffort } from "./chat-reasoning.ts";
import { toChatTool, toChatToolChoice } from "./chat-tools.ts";
import { withVendorMembers } from "./vendor-members.ts";

/** How a server wants what not all servers want alike. */
export interface ChatForms {
  /** The member in which it wants thoughts back. */
  readonly reasoningMember?: ReasoningMember | undefined;
  readonly reasoningLevels?: ReasoningLevels | undefined;
}

/** What nothing else in the body may undo, and what no reader of one answer can read. */
const fixed = ["model", "messages", "stream", "stream_options", "n"];

/** The request as streaming chat completions take it. */
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

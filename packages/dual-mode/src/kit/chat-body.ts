import type { CanonicalRequest } from "../contract/canonical.ts";
import { type ReasoningMember, toChatMessages } from "./chat-messages.ts";
import { toChatTool } from "./chat-tools.ts";

/** The request as streaming chat completions take it. */
export function toChatBody(request: CanonicalRequest, reasoningMember?: ReasoningMember): object {
  const { model, temperature, topP, stop, maxOutputTokens, seed } = request;
  const { reasoning, schema, tools } = request;
  return {
    model,
    messages: toChatMessages(request, reasoningMember),
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    top_p: topP,
    stop,
    max_tokens: maxOutputTokens,
    seed,
    reasoning_effort: reasoning,
    response_format: schema && { type: "json_schema", json_schema: { name: "answer", schema } },
    tools: tools?.map(toChatTool),
  };
}

import {
  type CanonicalRequest,
  checkMedia,
  checkToolNames,
  type RunContext,
  toChatMessages,
  toChatTool,
  toChatToolChoice,
  withVendorMembers,
  withWordOfJson,
} from "@acc/dual-mode/provider";
import type OpenAI from "openai";
import { fixedMembers } from "../../fixed-members.ts";
import { toEffort } from "../../reasoning-model.ts";
import { isStrictSchema } from "../../strict-schema.ts";
import { toolNames } from "../../tool-names.ts";
import { chatMedia } from "../media.ts";

type Body = OpenAI.Chat.ChatCompletionCreateParamsStreaming;

/**
 * Converts a request for streaming chat completions. Other servers know the token limit only by the
 * name that OpenAI's newer models refuse.
 */
export function toChatBody(
  request: CanonicalRequest,
  { baseUrl }: Pick<RunContext<object>, "baseUrl">,
): Body {
  const { model, temperature, topP, stop, maxOutputTokens, seed, tools } = request;
  const { presencePenalty, frequencyPenalty, reasoning } = request;
  checkToolNames(tools, toolNames, "OpenAI");
  checkMedia(request.messages, chatMedia, "OpenAI's chat completions");
  const bound = baseUrl === undefined ? "max_completion_tokens" : "max_tokens";
  const messages = withWordOfJson(toChatMessages(request), request.json);
  const body: Body = {
    model,
    messages: messages as OpenAI.Chat.ChatCompletionMessageParam[],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(maxOutputTokens !== undefined && { [bound]: maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
    ...(reasoning !== undefined && {
      reasoning_effort: toEffort(model, reasoning) as OpenAI.ReasoningEffort,
    }),
    ...toFormat(request),
    ...(tools !== undefined && {
      tools: tools.map(toChatTool) as OpenAI.Chat.ChatCompletionFunctionTool[],
    }),
    ...toChatToolChoice(request),
  };
  return withVendorMembers(body, request.vendor, fixedMembers);
}

function toFormat({ schema, schemaName, json }: CanonicalRequest): Pick<Body, "response_format"> {
  if (json) return { response_format: { type: "json_object" } };
  if (schema === undefined) return {};
  const named = { name: schemaName ?? "answer", schema, strict: isStrictSchema(schema) };
  return { response_format: { type: "json_schema", json_schema: named } };
}

import {
  type CanonicalRequest,
  checkToolNames,
  type RunContext,
  toChatMessages,
  toChatTool,
} from "@acc/dual-mode/provider";
import type OpenAI from "openai";
import { toEffort } from "../../reasoning-model.ts";
import { isStrictSchema } from "../../strict-schema.ts";
import { toolNames } from "../../tool-names.ts";
import { vendorMembers } from "../../vendor-members.ts";

type Body = OpenAI.Chat.ChatCompletionCreateParamsStreaming;

/**
 * The request as streaming chat completions take it. Other servers know the bound of tokens by the
 * name that OpenAI's newer models refuse.
 */
export function toChatBody(
  request: CanonicalRequest,
  { baseUrl }: Pick<RunContext<object>, "baseUrl">,
): Body {
  const { model, temperature, topP, stop, maxOutputTokens, seed, tools, toolChoice } = request;
  const { presencePenalty, frequencyPenalty, reasoning } = request;
  checkToolNames(tools, toolNames, "OpenAI");
  const bound = baseUrl === undefined ? "max_completion_tokens" : "max_tokens";
  return {
    model,
    messages: toChatMessages(request) as OpenAI.Chat.ChatCompletionMessageParam[],
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
    ...(tools !== undefined && { tools: tools.map(toTool) }),
    ...(toolChoice !== undefined && { tool_choice: toChoice(toolChoice) }),
    ...(request.parallelTools === false && { parallel_tool_calls: false }),
    ...vendorMembers(request.vendor),
  };
}

function toFormat({ schema, schemaName, json }: CanonicalRequest): Pick<Body, "response_format"> {
  if (json) return { response_format: { type: "json_object" } };
  if (schema === undefined) return {};
  const named = { name: schemaName ?? "answer", schema, strict: isStrictSchema(schema) };
  return { response_format: { type: "json_schema", json_schema: named } };
}

function toTool(tool: Parameters<typeof toChatTool>[0]): OpenAI.Chat.ChatCompletionFunctionTool {
  const given = toChatTool(tool) as OpenAI.Chat.ChatCompletionFunctionTool;
  if (tool.strict === undefined) return given;
  return { ...given, function: { ...given.function, strict: tool.strict } };
}

function toChoice(
  choice: NonNullable<CanonicalRequest["toolChoice"]>,
): NonNullable<Body["tool_choice"]> {
  if (typeof choice === "string") return choice;
  return { type: "function", function: { name: choice.tool } };
}

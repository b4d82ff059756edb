import {
  type CanonicalRequest,
  checkToolNames,
  closedSchema,
  type NameRule,
  type Tool,
  toChatFormat,
  toChatMessages,
  toChatTool,
  toChatToolChoice,
  withVendorMembers,
  withWordOfJson,
} from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";
import type { ChatCompletionCreateParamsStreaming as Body } from "groq-sdk/resources/chat/completions";
import { toReasoning } from "../thinking.ts";

/** The rule of OpenAI's API, whose form Groq's has. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };

/** Members that the caller cannot set; the last would return answers that nobody reads. */
const fixed = ["model", "messages", "stream", "n"];

/** Converts a request for streaming chat completions. */
export function toBody(request: CanonicalRequest): Body {
  const { temperature, topP, stop, maxOutputTokens, seed, json, tools } = request;
  checkToolNames(tools, toolNames, "Groq");
  const messages = withWordOfJson(toChatMessages(request), json);
  const response_format = toChatFormat(request);
  const body: Body = {
    model: request.model,
    messages: messages as Groq.Chat.ChatCompletionMessageParam[],
    stream: true,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...toReasoning(request),
    ...(response_format !== undefined && { response_format }),
    ...(tools !== undefined && { tools: tools.map(toTool) as Groq.Chat.ChatCompletionTool[] }),
    ...toChatToolChoice(request),
  };
  return withVendorMembers(body, request.vendor, { provider: "groq", fixed });
}

/** A strict tool is refused if any member of its input is optional. */
function toTool(tool: Tool, index: number): ReturnType<typeof toChatTool> {
  if (tool.strict === true) {
    const at = `request.tools[${index}].inputSchema`;
    closedSchema(tool.inputSchema, { who: "Groq", at, everyRequired: true });
  }
  return toChatTool(tool);
}

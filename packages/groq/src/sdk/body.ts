import {
  type CanonicalRequest,
  checkToolNames,
  type NameRule,
  nearestLevel,
  toChatMessages,
  toChatTool,
} from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";
import type { ChatCompletionCreateParamsStreaming as Body } from "groq-sdk/resources/chat/completions";

/** As OpenAI's API has them, whose form this is. */
const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };

/** The request as streaming chat completions take it. */
export function toBody(request: CanonicalRequest): Body {
  const { temperature, topP, stop, maxOutputTokens, seed, schema, tools } = request;
  checkToolNames(tools, toolNames, "Groq");
  return {
    model: request.model,
    messages: toChatMessages(request) as Groq.Chat.ChatCompletionMessageParam[],
    stream: true,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop: [...stop] }),
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...toReasoning(request),
    ...(schema !== undefined && {
      response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
    }),
    ...(tools !== undefined && { tools: tools.map(toChatTool) as Groq.Chat.ChatCompletionTool[] }),
  };
}

/** GPT-OSS gives its reasoning apart by itself; the others mix it into the text unless told. */
function toReasoning({ model, reasoning }: CanonicalRequest): Partial<Body> {
  if (reasoning === undefined) return {};
  const level = nearestLevel(reasoning, ["low", "medium", "high"]);
  if (model.startsWith("openai/")) return { reasoning_effort: level };
  const reasoning_effort = model.startsWith("qwen/qwen3.8") ? level : "default";
  return { reasoning_effort, reasoning_format: "parsed" };
}

import type { CanonicalRequest, Tool } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { toMessages } from "./messages.ts";
import { toThinking } from "./thinking.ts";

/** The API wants a bound; this is the one that the CLI sends where nothing else is said. */
const maxOutputTokens = 32_000;

/** The request as the streaming Messages API takes it. */
export function toBody(request: CanonicalRequest): Anthropic.MessageCreateParamsStreaming {
  const max_tokens = request.maxOutputTokens ?? maxOutputTokens;
  const { effort, thinking } = toThinking(request.model, request.reasoning, max_tokens);
  const { schema } = request;
  const output: Anthropic.OutputConfig = {
    ...(effort !== undefined && { effort }),
    ...(schema !== undefined && { format: { type: "json_schema", schema } }),
  };
  return {
    model: request.model,
    max_tokens,
    messages: toMessages(request.messages),
    stream: true,
    ...(request.system !== undefined && { system: request.system }),
    ...(request.stop !== undefined && { stop_sequences: [...request.stop] }),
    ...(request.tools !== undefined && { tools: request.tools.map(toTool) }),
    ...(thinking !== undefined && { thinking }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
}

function toTool(tool: Tool): Anthropic.Tool {
  return {
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    input_schema: tool.inputSchema as Anthropic.Tool.InputSchema,
  };
}

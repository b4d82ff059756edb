import {
  type CanonicalRequest,
  checkMedia,
  checkToolNames,
  DualModeError,
  type Tool,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { media } from "./media.ts";
import { type Param, toMessages, toolNames } from "./messages.ts";
import { thinksByBudget, toThinking } from "./thinking.ts";

/** The API wants a bound; this is the one that the CLI sends where nothing else is said. */
const maxOutputTokens = 32_000;

/** The request as the streaming Messages API takes it. */
export function toBody(request: CanonicalRequest): Anthropic.MessageCreateParamsStreaming {
  const { model, reasoning, schema, tools } = request;
  checkToolNames(tools, toolNames, "Claude");
  checkStop(request.stop);
  checkMedia(request.messages, media, "Claude");
  const max_tokens = request.maxOutputTokens ?? maxOutputTokens;
  const thinks = reasoning !== undefined || !thinksByBudget(model);
  const messages = toMessages(request.messages, model, thinks);
  const { effort, thinking } = toThinking(model, reasoning, max_tokens, messages);
  const output: Anthropic.OutputConfig = {
    ...(effort !== undefined && { effort }),
    ...(schema !== undefined && { format: { type: "json_schema", schema } }),
  };
  return {
    model,
    max_tokens,
    messages,
    stream: true,
    ...(request.system !== undefined && { system: request.system }),
    ...(request.stop !== undefined && { stop_sequences: [...request.stop] }),
    ...(tools === undefined ? usedTools(messages) : { tools: tools.map(toTool) }),
    ...(thinking !== undefined && { thinking }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
}

/** The API refuses a stop sequence of white space alone, which others take. */
function checkStop(stop: readonly string[] = []): void {
  const blank = stop.findIndex((each) => each.trim() === "");
  if (blank === -1) return;
  const said = `request.stop[${blank}]: Claude takes no stop sequence of white space alone.`;
  throw new DualModeError("UNSUPPORTED_FEATURE", said, { fix: "Stop at a word, or leave it out." });
}

function toTool(tool: Tool): Anthropic.Tool {
  return {
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    input_schema: { type: "object", ...tool.inputSchema },
  };
}

/**
 * The API refuses calls in a history without tools: where the caller offers none any more, those
 * that were called are named, and none may be called.
 */
function usedTools(
  messages: readonly Param[],
): Pick<Anthropic.MessageCreateParams, "tools" | "tool_choice"> {
  const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const names = new Set(blocks.flatMap((each) => (each.type === "tool_use" ? [each.name] : [])));
  if (names.size === 0) return {};
  return {
    tools: [...names].map((name) => ({ name, input_schema: { type: "object" } })),
    tool_choice: { type: "none" },
  };
}

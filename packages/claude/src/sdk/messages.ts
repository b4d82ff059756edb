import type {
  CanonicalMessage,
  ImageContent,
  TextContent,
  ToolCall,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { fromSignature } from "../thought.ts";

type Block = Anthropic.ContentBlockParam;
type Param = Anthropic.UserMessageParam | Anthropic.AssistantMessageParam;

/** The history as the Messages API takes it; the answers of tools become one user's turn. */
export function toMessages(messages: readonly CanonicalMessage[]): Param[] {
  const params: Param[] = [];
  for (const message of messages) {
    const param = toMessage(message);
    const previous = params.at(-1);
    if (message.role === "tool" && previous?.role === "user" && holdsToolResults(previous)) {
      previous.content = [
        ...previous.content,
        ...param.content,
      ] as Anthropic.ToolResultBlockParam[];
    } else {
      params.push(param as Param);
    }
  }
  return params;
}

function holdsToolResults(param: Anthropic.UserMessageParam): boolean {
  return Array.isArray(param.content) && param.content.every(({ type }) => type === "tool_result");
}

function toMessage(message: CanonicalMessage): { role: "user" | "assistant"; content: Block[] } {
  switch (message.role) {
    case "user":
      return { role: "user", content: message.content.map(toBlock) };
    case "assistant":
      return {
        role: "assistant",
        content: toTurn(message.content.map(toBlock), message.toolCalls),
      };
    case "tool":
      return {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: message.toolCallId,
            content: message.content.map(({ text }) => ({ type: "text", text })),
          },
        ],
      };
  }
}

/** A turn begins with what was thought before its first call; later thoughts stand before theirs. */
function toTurn(texts: readonly Block[], [first, ...rest]: readonly ToolCall[] = []): Block[] {
  if (first === undefined) return [...texts];
  const later = rest.flatMap((call) => [...fromSignature(call.signature), toToolUse(call)]);
  return [...fromSignature(first.signature), ...texts, toToolUse(first), ...later];
}

function toBlock(content: TextContent | ImageContent): Block {
  if (content.type === "text") return { type: "text", text: content.text };
  const media_type = content.mediaType as Anthropic.Base64ImageSource["media_type"];
  return { type: "image", source: { type: "base64", media_type, data: content.data } };
}

function toToolUse(call: ToolCall): Block {
  return { type: "tool_use", id: call.id, name: call.name, input: call.input };
}

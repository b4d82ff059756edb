import type { CanonicalMessage, ImageContent, TextContent } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

type Param = Groq.Chat.ChatCompletionMessageParam;

/** The system prompt and the history as chat completions take them. */
export function toMessages(
  system: string | undefined,
  messages: readonly CanonicalMessage[],
): Param[] {
  const first: Param[] = system === undefined ? [] : [{ role: "system", content: system }];
  return [...first, ...messages.map(toMessage)];
}

function toMessage(message: CanonicalMessage): Param {
  switch (message.role) {
    case "user":
      return { role: "user", content: toContent(message.content) };
    case "assistant":
      return {
        role: "assistant",
        content: joined(message.content),
        ...(message.toolCalls !== undefined && {
          tool_calls: message.toolCalls.map(({ id, name, input }) => ({
            id,
            type: "function" as const,
            function: { name, arguments: JSON.stringify(input) },
          })),
        }),
      };
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: joined(message.content) };
  }
}

/** Models that see no images take a string alone. */
function toContent(
  content: readonly (TextContent | ImageContent)[],
): Groq.Chat.ChatCompletionUserMessageParam["content"] {
  const texts = content.filter((part) => part.type === "text");
  if (texts.length === content.length) return joined(texts);
  return content.map((part) =>
    part.type === "text"
      ? { type: "text", text: part.text }
      : { type: "image_url", image_url: { url: `data:${part.mediaType};base64,${part.data}` } },
  );
}

function joined(content: readonly TextContent[]): string {
  return content.map(({ text }) => text).join("");
}

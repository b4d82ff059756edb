import type { CanonicalMessage } from "../contract/canonical.ts";
import type { ImageContent, TextContent } from "../contract/request.ts";

/** The system prompt and the history as chat completions take them. */
export function toChatMessages(
  system: string | undefined,
  messages: readonly CanonicalMessage[],
): object[] {
  const first = system === undefined ? [] : [{ role: "system", content: system }];
  return [...first, ...messages.map(toMessage)];
}

function toMessage(message: CanonicalMessage): object {
  switch (message.role) {
    case "user":
      return { role: "user", content: toContent(message.content) };
    case "assistant":
      return {
        role: "assistant",
        content: joined(message.content),
        ...(message.toolCalls && {
          tool_calls: message.toolCalls.map(({ id, name, input }) => ({
            id,
            type: "function",
            function: { name, arguments: JSON.stringify(input) },
          })),
        }),
      };
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: joined(message.content) };
  }
}

/** Models that see no images take a string alone. */
function toContent(content: readonly (TextContent | ImageContent)[]): string | object[] {
  const texts = content.filter((part) => part.type === "text");
  if (texts.length === content.length) return joined(texts);
  return content.map((part) =>
    part.type === "text"
      ? part
      : { type: "image_url", image_url: { url: `data:${part.mediaType};base64,${part.data}` } },
  );
}

function joined(content: readonly TextContent[]): string {
  return content.map(({ text }) => text).join("");
}

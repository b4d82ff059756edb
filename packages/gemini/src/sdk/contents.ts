import {
  type CanonicalMessage,
  DualModeError,
  type ImageContent,
  type TextContent,
} from "@acc/dual-mode/provider";
import type { Content, Part } from "@google/generative-ai";
import { fromSignature } from "./signature.ts";

/** The history as generateContent takes it; the answers of tools become one user's turn. */
export function toContents(messages: readonly CanonicalMessage[]): Content[] {
  const contents: Content[] = [];
  messages.forEach((message, index) => {
    const previous = contents.at(-1);
    if (message.role === "tool" && previous?.role === "function") {
      previous.parts.push(toFunctionResponse(message, messages.slice(0, index)));
    } else {
      contents.push(toContent(message, messages.slice(0, index)));
    }
  });
  return contents;
}

function toContent(message: CanonicalMessage, earlier: readonly CanonicalMessage[]): Content {
  switch (message.role) {
    case "user":
      return { role: "user", parts: message.content.map(toPart) };
    case "assistant":
      return {
        role: "model",
        parts: [
          ...message.content.map(toPart),
          ...(message.toolCalls ?? []).map(({ name, input, signature }) => ({
            functionCall: { name, args: input as object },
            ...fromSignature(signature),
          })),
        ],
      };
    case "tool":
      return { role: "function", parts: [toFunctionResponse(message, earlier)] };
  }
}

function toPart(content: TextContent | ImageContent): Part {
  if (content.type === "text") return { text: content.text };
  return { inlineData: { mimeType: content.mediaType, data: content.data } };
}

/** Gemini knows a call by its function's name, the request by the call's id. */
function toFunctionResponse(
  message: Extract<CanonicalMessage, { role: "tool" }>,
  earlier: readonly CanonicalMessage[],
): Part {
  const name = earlier
    .flatMap((each) => (each.role === "assistant" ? (each.toolCalls ?? []) : []))
    .findLast(({ id }) => id === message.toolCallId)?.name;
  if (name === undefined) {
    const said = `A tool's message answers "${message.toolCallId}", which no message before it calls.`;
    throw new DualModeError("INVALID_REQUEST", said, {
      fix: "Give the assistant's message with its toolCalls before the tool's.",
    });
  }
  const result = message.content.map(({ text }) => text).join("");
  return { functionResponse: { name, response: { result } } };
}

import type { AssistantContent, Message, UserContent } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type {
  AssistantPart,
  FilePart,
  PromptMessage,
  ProviderOptions,
  TextPart,
} from "../contract/prompt.ts";
import { defined } from "../defined.ts";
import { toMedia } from "./to-media.ts";
import { toolResult } from "./tool-result.ts";
import { unsupportedWarning } from "./warnings.ts";

/** Converts a prompt to our messages; what they cannot contain is added to `warnings`. */
export function toMessages(prompt: readonly PromptMessage[], warnings: CallWarning[]): Message[] {
  const messages: Message[] = [];
  /** Files that the model made, which are sent with the user's next message. */
  let made: UserContent[] = [];
  for (const message of prompt) {
    if (made.length > 0 && message.role !== "tool") {
      messages.push({ role: "user", content: made });
      made = [];
    }
    switch (message.role) {
      case "system":
        messages.push({ role: "system", content: message.content });
        break;
      case "user":
        messages.push({ role: "user", content: userContent(message.content) });
        break;
      case "assistant": {
        const { content } = message;
        messages.push({
          role: "assistant",
          content: content.flatMap((part) => toAssistantContent(part, warnings)),
        });
        for (const part of content) {
          if (part.type === "tool-result") messages.push(toolResult(part, warnings));
        }
        made = content.filter((part) => part.type === "file").map(toMedia);
        break;
      }
      case "tool":
        for (const part of message.content) {
          if (part.type === "tool-result") messages.push(toolResult(part, warnings));
          else warnings.push(notCarried(part.type));
        }
    }
  }
  if (made.length > 0) messages.push({ role: "user", content: made });
  return messages;
}

/** A single text is the most frequent content, and a string is the fastest to check. */
function userContent(parts: readonly (TextPart | FilePart)[]): string | UserContent[] {
  const [first] = parts;
  return parts.length === 1 && first?.type === "text" ? first.text : parts.map(toUserContent);
}

function toUserContent(part: TextPart | FilePart): UserContent {
  return part.type === "text" ? { type: "text", text: part.text } : toMedia(part);
}

function toAssistantContent(part: AssistantPart, warnings: CallWarning[]): AssistantContent[] {
  switch (part.type) {
    case "text":
      return [{ type: "text", text: part.text }];
    case "reasoning":
      return [{ type: "reasoning", text: part.text, ...signatureOf(part) }];
    case "tool-call": {
      const { toolCallId: id, toolName: name, input } = part;
      return [{ type: "tool-call", id, name, input, ...signatureOf(part) }];
    }
    case "tool-result":
      return [];
    case "file":
      warnings.push({
        type: "compatibility",
        feature: "files of an assistant message",
        details: "They are sent with what the user says next.",
      });
      return [];
    default:
      warnings.push(notCarried(part.type));
      return [];
  }
}

/**
 * Reads the signature from the metadata in which `signatureMetadata` put it, and which the AI SDK
 * sends back.
 */
function signatureOf({ providerOptions }: { providerOptions?: ProviderOptions | undefined }) {
  const signature = providerOptions?.acc?.signature;
  return defined({ signature: typeof signature === "string" ? signature : undefined });
}

function notCarried(type: string): CallWarning {
  return unsupportedWarning(`${type} part`, "It was left out.");
}

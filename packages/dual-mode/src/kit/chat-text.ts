import { isMembers } from "../foreign/guards.ts";
import { unreadable } from "../foreign/unreadable.ts";

/** The text of a piece of content, and its reasoning. */
export interface ChatText {
  readonly text: string;
  readonly reasoning: string;
}

const nothing: ChatText = { text: "", reasoning: "" };

/**
 * Reads content that is a string, or a list of strings and typed parts. Parts that are not text (a
 * reference, an image) are skipped.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function chatText(content: unknown, who: string): ChatText {
  if (typeof content === "string") return { text: content, reasoning: "" };
  if (content === undefined || content === null) return nothing;
  if (!Array.isArray(content)) throw unreadable(who, "content that is not text");
  return content.map((part) => partText(part, who)).reduce(joined, nothing);
}

function partText(part: unknown, who: string): ChatText {
  if (typeof part === "string") return { text: part, reasoning: "" };
  if (!isMembers(part)) throw unreadable(who, "a piece of content that is not text");
  switch (part.type) {
    case undefined:
    case "text":
    case "output_text":
      return { text: chatText(part.text, who).text, reasoning: "" };
    case "thinking":
    case "reasoning":
      return { text: "", reasoning: chatText(part[part.type] ?? part.text, who).text };
    default:
      return nothing;
  }
}

function joined(all: ChatText, next: ChatText): ChatText {
  return { text: all.text + next.text, reasoning: all.reasoning + next.reasoning };
}

import { DualModeError, type ReasoningContent } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

/** What Claude thought; the API wants it back at its place, unchanged. */
export type Thought = Anthropic.ThinkingBlockParam | Anthropic.RedactedThinkingBlockParam;

const mark = "claude:";
const redacted = "claude:redacted:";

/** As the end of a piece of reasoning, whose text was told before. */
export function toReasoning(thought: Thought): ReasoningContent {
  const signature =
    thought.type === "thinking" ? mark + thought.signature : redacted + thought.data;
  return { type: "reasoning", text: "", signature };
}

/** What a piece of signed reasoning was. */
export function fromReasoning({ text, signature = "" }: ReasoningContent): Thought {
  if (signature.startsWith(redacted)) {
    return { type: "redacted_thinking", data: signature.slice(redacted.length) };
  }
  return { type: "thinking", thinking: text, signature: signature.slice(mark.length) };
}

/** As a member of the tool call that the thoughts led to, for those who keep calls alone. */
export function toSignature(thoughts: readonly Thought[]): { signature?: string } {
  return thoughts.length === 0 ? {} : { signature: `${mark}${JSON.stringify(thoughts)}` };
}

/**
 * The thoughts behind a call.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function fromSignature(signature: string | undefined): readonly Thought[] {
  if (signature === undefined) return [];
  try {
    return JSON.parse(signature.slice(mark.length));
  } catch (cause) {
    throw new DualModeError("INVALID_REQUEST", "The signature of a tool call was changed.", {
      fix: "Give the tool calls of a reply back as they came.",
      cause,
    });
  }
}

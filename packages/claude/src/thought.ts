import { DualModeError } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

/** What Claude thought before a call; the API wants it back before the call, unchanged. */
export type Thought = Anthropic.ThinkingBlockParam | Anthropic.RedactedThinkingBlockParam;

const mark = "claude:";

/** As a member of the tool call that the thoughts led to. */
export function toSignature(thoughts: readonly Thought[]): { signature?: string } {
  return thoughts.length === 0 ? {} : { signature: `${mark}${JSON.stringify(thoughts)}` };
}

/**
 * The thoughts behind a call; none for a signature of another provider.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function fromSignature(signature = ""): readonly Thought[] {
  if (!signature.startsWith(mark)) return [];
  try {
    return JSON.parse(signature.slice(mark.length));
  } catch (cause) {
    throw new DualModeError("INVALID_REQUEST", "The signature of a tool call was changed.", {
      fix: "Give the tool calls of a reply back as they came.",
      cause,
    });
  }
}

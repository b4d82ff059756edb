import { DualModeError, type ReasoningContent } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

/** A thought of Claude, which the API wants back unchanged and in its place. */
export type Thought = Anthropic.ThinkingBlockParam | Anthropic.RedactedThinkingBlockParam;

/**
 * Returns the prefix of the signatures of a model's thoughts. Other Claude models refuse them; a
 * model's names with and without its date are the same.
 */
export function signerOf(model: string): string {
  return `claude:${model.replace(/-(\d{8}|latest)$/, "")}`;
}

const redacted = "redacted:";

/** Makes the end of a piece of reasoning, whose text was sent before. */
export function toReasoning(thought: Thought, model: string): ReasoningContent {
  const proof = thought.type === "thinking" ? thought.signature : redacted + thought.data;
  return { type: "reasoning", text: "", signature: `${signerOf(model)}:${proof}` };
}

/** Returns the thought that this model signed as a piece of reasoning. */
export function fromReasoning({ text, signature = "" }: ReasoningContent, model: string): Thought {
  const proof = proofIn(signature, model);
  if (proof.startsWith(redacted)) {
    return { type: "redacted_thinking", data: proof.slice(redacted.length) };
  }
  return { type: "thinking", thinking: text, signature: proof };
}

/**
 * Makes the signature for the tool call that the thoughts led to, for callers who keep only calls.
 */
export function toSignature(thoughts: readonly Thought[], model: string): { signature?: string } {
  if (thoughts.length === 0) return {};
  return { signature: `${signerOf(model)}:${JSON.stringify(thoughts)}` };
}

/**
 * Returns the thoughts of this model from the signature of a call.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function fromSignature(signature: string | undefined, model: string): readonly Thought[] {
  if (signature === undefined) return [];
  try {
    return JSON.parse(proofIn(signature, model));
  } catch (cause) {
    throw new DualModeError("INVALID_REQUEST", "The signature of a tool call was changed.", {
      fix: "Give the tool calls of a reply back as they came.",
      cause,
    });
  }
}

function proofIn(signature: string, model: string): string {
  return signature.slice(signerOf(model).length + 1);
}

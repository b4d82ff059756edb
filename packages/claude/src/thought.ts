import { DualModeError, type ReasoningContent } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

/** What Claude thought; the API wants it back at its place, unchanged. */
export type Thought = Anthropic.ThinkingBlockParam | Anthropic.RedactedThinkingBlockParam;

/**
 * What the signatures of a model's thoughts begin with. Another model of Claude's refuses them; the
 * names of one model with and without its date mean the same.
 */
export function signerOf(model: string): string {
  return `claude:${model.replace(/-(\d{8}|latest)$/, "")}`;
}

const redacted = "redacted:";

/** As the end of a piece of reasoning, whose text was told before. */
export function toReasoning(thought: Thought, model: string): ReasoningContent {
  const proof = thought.type === "thinking" ? thought.signature : redacted + thought.data;
  return { type: "reasoning", text: "", signature: `${signerOf(model)}:${proof}` };
}

/** What a piece of reasoning was that this model has signed. */
export function fromReasoning({ text, signature = "" }: ReasoningContent, model: string): Thought {
  const proof = proofIn(signature, model);
  if (proof.startsWith(redacted)) {
    return { type: "redacted_thinking", data: proof.slice(redacted.length) };
  }
  return { type: "thinking", thinking: text, signature: proof };
}

/** As a member of the tool call that the thoughts led to, for those who keep calls alone. */
export function toSignature(thoughts: readonly Thought[], model: string): { signature?: string } {
  if (thoughts.length === 0) return {};
  return { signature: `${signerOf(model)}:${JSON.stringify(thoughts)}` };
}

/**
 * The thoughts of this model behind a call.
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

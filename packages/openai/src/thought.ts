import { givenText, type Members, type ReasoningContent } from "@acc/dual-mode/provider";
import type OpenAI from "openai";

type Thought = OpenAI.Responses.ResponseReasoningItem;

/**
 * Returns the prefix of the signatures of a model's thoughts: another model cannot decrypt them.
 */
export function signerOf(model: string): string {
  return `openai:${model.replace(/-\d{4}-\d\d-\d\d$/, "")}`;
}

/** Returns the signature of a thought; undefined if it came without its encrypted form. */
export function toSignature({ encrypted_content }: Members, model: string): string | undefined {
  const encrypted = givenText(encrypted_content);
  return encrypted && `${signerOf(model)}:${encrypted}`;
}

/**
 * Returns the item for a piece of reasoning that this model signed. It has no id, although the
 * types require one, because the API would look it up among stored items, and nothing is stored
 * (maximhq/bifrost#5410); Codex sends none either.
 */
export function fromReasoning({ text, signature = "" }: ReasoningContent, model: string): Thought {
  const item: Omit<Thought, "id"> = {
    type: "reasoning",
    summary: text === "" ? [] : [{ type: "summary_text", text }],
    encrypted_content: signature.slice(signerOf(model).length + 1),
  };
  return item as Thought;
}

import { givenText, type Members, type ReasoningContent } from "@acc/dual-mode/provider";
import type OpenAI from "openai";

type Thought = OpenAI.Responses.ResponseReasoningItem;

/** What the signatures of a model's thoughts begin with: another model cannot decrypt them. */
export function signerOf(model: string): string {
  return `openai:${model.replace(/-\d{4}-\d\d-\d\d$/, "")}`;
}

/** The signature of a thought that ended; undefined where it came without its encrypted form. */
export function toSignature({ encrypted_content }: Members, model: string): string | undefined {
  const encrypted = givenText(encrypted_content);
  return encrypted && `${signerOf(model)}:${encrypted}`;
}

/**
 * The item that a piece of reasoning was, which this model has signed. By its id, which the types want,
 * it would be looked for among what is stored, and nothing is (maximhq/bifrost#5410); Codex sends none.
 */
export function fromReasoning({ text, signature = "" }: ReasoningContent, model: string): Thought {
  const item: Omit<Thought, "id"> = {
    type: "reasoning",
    summary: text === "" ? [] : [{ type: "summary_text", text }],
    encrypted_content: signature.slice(signerOf(model).length + 1),
  };
  return item as Thought;
}

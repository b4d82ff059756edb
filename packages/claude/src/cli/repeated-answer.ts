import { DualModeError, type JsonObject } from "@acc/dual-mode/provider";
import { objectOf, textOf } from "./result.ts";

/**
 * Compares the pieces of an answer with what the CLI repeats as a whole after them: each block of
 * the message, and at the end the last one. If a repeated text contains something that no piece
 * did, a piece was lost.
 */
export class RepeatedAnswer {
  #pieces = "";
  readonly #wholes: string[] = [];
  /** The model that the CLI names for the message; undefined if the CLI made the message itself. */
  model: string | undefined;
  /** Whether the CLI made a message itself, which tells why it did not call the model. */
  isSynthetic = false;

  addPiece(text: string): void {
    this.#pieces += text;
  }

  /** Reads an `assistant` event, which is the model's unless the CLI made it itself. */
  addMessage(event: JsonObject): void {
    const { model, content } = objectOf(event.message);
    const name = textOf(model);
    this.isSynthetic ||= name === "<synthetic>";
    if (name === undefined || name === "<synthetic>") return;
    this.model ??= name;
    const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
    for (const block of blocks.map(objectOf)) {
      if (block.type === "text") this.addWhole(textOf(block.text) ?? "");
    }
  }

  addWhole(text: string): void {
    this.#wholes.push(text.trim());
  }

  /** @throws {@link DualModeError} `INVALID_OUTPUT` if the pieces do not add up. */
  requirePieces(): void {
    if (this.#wholes.every((whole) => this.#pieces.includes(whole))) return;
    const message = "A piece of the answer is lost: Claude's CLI tells more of it at its end.";
    throw new DualModeError("INVALID_OUTPUT", message);
  }
}

import { DualModeError, type JsonObject } from "@acc/dual-mode/provider";
import { objectOf, textOf } from "./result.ts";

/**
 * What the CLI tells again as a whole after it has passed on the pieces: each block of the message,
 * and at the end the last one. Where something is in it that no piece brought, a piece is lost.
 */
export class RepeatedAnswer {
  #pieces = "";
  readonly #wholes: string[] = [];
  /** The model that the CLI names for it; undefined where it made the message by itself. */
  model: string | undefined;
  /** The CLI has made a message by itself: it says what kept it from asking. */
  isSynthetic = false;

  addPiece(text: string): void {
    this.#pieces += text;
  }

  /** An `assistant` event: of the model where the CLI did not make it itself. */
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

  /** @throws {@link DualModeError} `INVALID_OUTPUT` where the pieces do not add up. */
  requirePieces(): void {
    if (this.#wholes.every((whole) => this.#pieces.includes(whole))) return;
    const message = "A piece of the answer is lost: Claude's CLI tells more of it at its end.";
    throw new DualModeError("INVALID_OUTPUT", message);
  }
}

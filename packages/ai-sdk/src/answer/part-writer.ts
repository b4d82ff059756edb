import type { Part } from "@acc/dual-mode";
import type { ContentStreamPart } from "../contract/stream-part.ts";
import { toSource, toToolCall } from "./content.ts";
import { signatureMetadata } from "./metadata.ts";

type PartOf<Type extends Part["type"]> = Extract<Part, { type: Type }>;

/** Converts our parts to those of the AI SDK, whose blocks have a start, an end and an id. */
export class PartWriter {
  #open: { readonly type: "text" | "reasoning"; readonly id: string } | undefined;
  #count = 0;
  /** Calls whose arguments are being written. */
  readonly #inputs = new Set<string>();

  /** Returns no parts for those that are not streamed: usage, limits, warnings. */
  write(part: Part): ContentStreamPart[] {
    switch (part.type) {
      case "text":
        return part.text === "" ? [] : this.#text("text", part.text);
      case "reasoning":
        return this.#reasoning(part);
      case "tool-input":
        return this.#input(part);
      case "tool-call":
        return this.#call(part);
      case "source":
        return [toSource(part.source, this.#nextId("source"))];
      default:
        return [];
    }
  }

  /** Ends the open blocks. */
  end(): ContentStreamPart[] {
    const ended = [...this.#inputs].map((id) => ({ type: "tool-input-end", id }) as const);
    this.#inputs.clear();
    return [...this.#close(), ...ended];
  }

  #text(type: "text" | "reasoning", delta: string): ContentStreamPart[] {
    const begun = this.#openBlock(type);
    const { id } = this.#open as { readonly id: string };
    return [...begun, { type: `${type}-delta`, id, delta }];
  }

  #reasoning({ text, signature }: PartOf<"reasoning">): ContentStreamPart[] {
    const written = text === "" ? this.#openBlock("reasoning") : this.#text("reasoning", text);
    return signature === undefined ? written : [...written, ...this.#close(signature)];
  }

  #input({ id, name, text }: PartOf<"tool-input">): ContentStreamPart[] {
    const begun = this.#inputs.has(id) ? [] : this.#beginInput(id, name);
    return text === "" ? begun : [...begun, { type: "tool-input-delta", id, delta: text }];
  }

  /**
   * Writes a call. If no piece of it was streamed, as in a cached answer, all of it is written at
   * once.
   */
  #call(part: PartOf<"tool-call">): ContentStreamPart[] {
    const { id, name } = part;
    const call = toToolCall(part);
    const shown: ContentStreamPart[] = this.#inputs.has(id)
      ? this.#close()
      : [...this.#beginInput(id, name), { type: "tool-input-delta", id, delta: call.input }];
    this.#inputs.delete(id);
    return [...shown, { type: "tool-input-end", id }, call];
  }

  #beginInput(id: string, toolName: string): ContentStreamPart[] {
    this.#inputs.add(id);
    return [...this.#close(), { type: "tool-input-start", id, toolName }];
  }

  #openBlock(type: "text" | "reasoning"): ContentStreamPart[] {
    if (this.#open?.type === type) return [];
    const closed = this.#close();
    const id = this.#nextId(type);
    this.#open = { type, id };
    return [...closed, { type: `${type}-start`, id }];
  }

  #close(signature?: string): ContentStreamPart[] {
    if (this.#open === undefined) return [];
    const { type, id } = this.#open;
    this.#open = undefined;
    if (type === "text") return [{ type: "text-end", id }];
    return [{ type: "reasoning-end", id, ...signatureMetadata(signature) }];
  }

  #nextId(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }
}

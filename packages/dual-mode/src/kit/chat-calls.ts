import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { ChatCallDelta } from "./chat-chunk.ts";

/** Puts the pieces of tool calls together. */
export class ChatCalls {
  readonly #calls = new Map<number, { id: string; name: string; json: string }>();

  add({ index = 0, id, function: called }: ChatCallDelta): void {
    const call = this.#calls.get(index) ?? { id: `call_${index}`, name: "", json: "" };
    this.#calls.set(index, {
      id: id ?? call.id,
      name: called?.name ?? call.name,
      json: call.json + (called?.arguments ?? ""),
    });
  }

  *parts(): Generator<Part> {
    for (const { id, name, json } of this.#calls.values()) {
      yield { type: "tool-call", id, name, input: parsed(name, json) };
    }
  }
}

function parsed(name: string, json: string): unknown {
  try {
    return json === "" ? {} : JSON.parse(json);
  } catch (cause) {
    const message = `The tool "${name}" was called with arguments that are not JSON.`;
    throw new DualModeError("INVALID_OUTPUT", message, { cause });
  }
}

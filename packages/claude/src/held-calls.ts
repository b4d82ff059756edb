import { DualModeError, type Part } from "@acc/dual-mode/provider";
import { inputOf, type PendingTool } from "./content-block.ts";

interface HeldCall {
  readonly tool: PendingTool;
  readonly signature: { readonly signature?: string };
}

/** Whether more may arrive; if not, whether the answer was cut off at its token limit. */
export type CallsCome = "going on" | "ended" | "cut";

/**
 * Holds tool calls whose blocks have ended. Gateways close a block and send more pieces of it
 * later, and only the end of the answer tells whether incomplete or missing arguments were cut off
 * at the token limit.
 */
export class HeldCalls {
  #held: HeldCall[] = [];

  get last(): PendingTool | undefined {
    return this.#held.at(-1)?.tool;
  }

  hold(tool: PendingTool, signature: { readonly signature?: string }): void {
    this.#held.push({ tool, signature });
  }

  /**
   * Yields the calls whose arguments are complete.
   * @throws DualModeError `INVALID_OUTPUT` for arguments that cannot be read at the end of the answer
   */
  *release(now: CallsCome): Generator<Part> {
    const held = this.#held;
    this.#held = [];
    for (const call of held) {
      const { id, name, json, input: given } = call.tool;
      const input = inputOf(call.tool);
      if (input instanceof DualModeError) {
        if (now === "ended") throw input;
        if (now === "going on") this.#held.push(call);
      } else if (now !== "cut" || json !== "" || given !== undefined) {
        yield { type: "tool-call", id, name, input, ...call.signature };
      }
    }
  }
}

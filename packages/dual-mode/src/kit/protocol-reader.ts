import type { CommandExit } from "../cli/command.ts";
import type { JsonObject } from "../cli/json-lines.ts";
import { mapExit } from "../cli/map-exit.ts";
import type { Code } from "../contract/code.ts";
import type { Part } from "../contract/part.ts";
import { DualModeError, type ErrorDetails } from "../error.ts";
import { protocolExits } from "./protocol-exits.ts";

const types = new Set(["start", "text", "reasoning", "tool-input", "tool-call", "usage"]);

/** Reads a run of docs/cli-protocol.md: a part a line, and at the end a `finish` with exit 0, or an error. */
export class ProtocolReader {
  #finish: Part | undefined;
  #error: (ErrorDetails & { readonly message?: string }) | undefined;

  *read(event: JsonObject): Generator<Part> {
    if (event.type === "error") this.#error = event.error as ErrorDetails;
    else if (event.type === "finish") this.#finish = event as unknown as Part;
    else if (types.has(String(event.type))) yield event as unknown as Part;
  }

  *end(exit: CommandExit): Generator<Part> {
    if (exit.exitCode !== 0) throw this.#failure(exit);
    if (this.#finish === undefined) throw mapExit(exit, { 0: "INVALID_OUTPUT" });
    yield this.#finish;
  }

  /** The exit code counts, the error's text explains it. */
  #failure(exit: CommandExit): DualModeError {
    const code: Code | undefined = protocolExits[exit.exitCode ?? 1];
    if (this.#error === undefined || code === undefined) return mapExit(exit, protocolExits);
    const { message = code, fix, status, retryAfter, cooldown } = this.#error;
    return new DualModeError(code, message, {
      ...(fix !== undefined && { fix }),
      ...(status !== undefined && { status }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(cooldown !== undefined && { cooldown }),
    });
  }
}

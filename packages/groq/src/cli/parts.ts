import {
  type Code,
  type CommandExit,
  DualModeError,
  type ErrorDetails,
  mapExit,
  type Part,
} from "@acc/dual-mode/provider";
import { codeOfExit } from "../command/exit-codes.ts";

type Event = Readonly<Record<string, unknown>>;

const types = new Set(["start", "text", "reasoning", "tool-call", "usage", "finish"]);

/** Reads a run: a part a line, and at the end a `finish` with exit 0, or an error. */
export class RunReader {
  #finish: Part | undefined;
  #error: (ErrorDetails & { readonly message?: string }) | undefined;

  *read(event: Event): Generator<Part> {
    if (event.type === "error") this.#error = event.error as ErrorDetails;
    else if (event.type === "finish") this.#finish = event as Part;
    else if (types.has(String(event.type))) yield event as Part;
  }

  *end(exit: CommandExit): Generator<Part> {
    const code: Code | undefined =
      exit.exitCode === undefined ? undefined : codeOfExit[exit.exitCode];
    if (this.#error !== undefined && code !== undefined) {
      const { message = code, fix, status, retryAfter } = this.#error;
      throw new DualModeError(code, message, {
        ...(fix !== undefined && { fix }),
        ...(status !== undefined && { status }),
        ...(retryAfter !== undefined && { retryAfter }),
      });
    }
    if (exit.exitCode !== 0) throw mapExit(exit, codeOfExit);
    if (this.#finish === undefined) throw mapExit(exit, { 0: "INVALID_OUTPUT" });
    yield this.#finish;
  }
}

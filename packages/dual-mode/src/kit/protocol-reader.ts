import type { CommandExit } from "../cli/command.ts";
import type { JsonObject } from "../cli/json-objects.ts";
import { mapExit } from "../cli/map-exit.ts";
import { type RunReader, usualPatience } from "../cli/run-parts.ts";
import type { Code } from "../contract/code.ts";
import type { Part } from "../contract/part.ts";
import { DualModeError, type ErrorDetails } from "../error.ts";
import { believedId } from "../failures/believed-id.ts";
import { isMembers } from "../foreign/guards.ts";
import { protocolExits } from "./protocol-exits.ts";
import { protocolLimits } from "./protocol-limits.ts";
import { protocolPart } from "./protocol-part.ts";

/**
 * Reads a run of docs/cli-protocol.md: one part per line, and at the end a `finish` with exit code
 * 0, or an error.
 */
export class ProtocolReader implements RunReader {
  #started = false;
  #finish: Part | undefined;
  #error: JsonObject | undefined;

  get patience(): number | undefined {
    const isTold = this.#finish !== undefined || this.#error !== undefined;
    return isTold ? usualPatience : undefined;
  }

  *read(event: JsonObject): Generator<Part> {
    if (event.type === "error") this.#error ??= isMembers(event.error) ? event.error : {};
    const part = protocolPart(event);
    if (part === undefined) return;
    if (this.#finish !== undefined) return this.#readLate(part);
    if (this.#started === (part.type === "start")) {
      throw outOfOrder(part.type, this.#started ? "twice" : 'before "start"');
    }
    this.#started = true;
    if (part.type === "finish") this.#finish = part;
    else yield part;
  }

  *end(exit: CommandExit): Generator<Part> {
    if (exit.exitCode !== 0 && !exit.lingered) throw this.#failure(exit);
    if (this.#finish === undefined) throw this.#lingering(exit);
    yield this.#finish;
  }

  /** Content after the end would be lost, so it is an error; the end may be repeated. */
  #readLate({ type }: Part): void {
    if (type !== "finish" && type !== "usage") throw outOfOrder(type, 'after "finish"');
  }

  #lingering(exit: CommandExit): DualModeError {
    return this.#error === undefined
      ? mapExit(exit, { 0: "INVALID_OUTPUT" })
      : this.#told(toCode(this.#error.code));
  }

  /** The exit code decides, the error's text explains it. */
  #failure(exit: CommandExit): DualModeError {
    const code: Code | undefined = protocolExits[exit.exitCode ?? 1];
    if (this.#error === undefined || code === undefined) return mapExit(exit, protocolExits);
    return this.#told(code);
  }

  #told(code: Code): DualModeError {
    const { message, fix, status, retryAfter, requestId, cooldown, limits, retryable } =
      this.#error ?? {};
    const details: ErrorDetails = {
      requestId: believedId(requestId),
      ...(typeof fix === "string" && { fix }),
      ...(typeof status === "number" && { status }),
      ...(typeof retryAfter === "number" && retryAfter >= 0 && { retryAfter }),
      ...(typeof cooldown === "number" && cooldown >= 0 && { cooldown }),
      ...(retryable === false && { retryable }),
      ...(isMembers(limits) && { limits: protocolLimits(limits) }),
    };
    return new DualModeError(code, typeof message === "string" ? message : code, details);
  }
}

/**
 * The code of a command that reported an error and then did not end, so that it has no exit code.
 */
function toCode(said: unknown): Code {
  return Object.values(protocolExits).find((code) => code === said) ?? "CLI_CRASHED";
}

function outOfOrder(type: string, where: string): DualModeError {
  return new DualModeError("INVALID_OUTPUT", `The command gave a "${type}" line ${where}.`);
}

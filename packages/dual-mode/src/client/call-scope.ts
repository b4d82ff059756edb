import type { CallOptions, Timeouts } from "../contract/call-options.ts";
import { outOfTime, resolveTimeouts } from "../engine/timers.ts";
import { DualModeError } from "../error.ts";
import { onAbort } from "./on-abort.ts";

/** The signal and the deadline of one call. */
export interface CallSpan {
  readonly signal: AbortSignal;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  end(): void;
}

/**
 * The calls that a client has in flight: each can be ended by its caller, its deadline, or
 * `close()`.
 */
export class CallScope {
  readonly #timeout: number | Timeouts | undefined;
  readonly #open = new Map<AbortController, () => void>();
  #closing: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  constructor(timeout: number | Timeouts | undefined) {
    this.#timeout = timeout;
  }

  /**
   * Checks that a call can begin.
   *
   * @throws {@link DualModeError} `CLOSED`, `ABORTED`
   */
  admit({ signal }: CallOptions): void {
    if (this.#closing !== undefined) throw closed();
    if (signal?.aborted) throw aborted(signal);
  }

  /**
   * Begins a call, which can also be ended through `controller`.
   *
   * @throws {@link DualModeError} `CLOSED`, `ABORTED`
   */
  open(asked: CallOptions, controller: AbortController): CallSpan {
    this.admit(asked);
    const { signal, timeout } = asked;
    const { total } = resolveTimeouts(this.#timeout, timeout);
    const deafen = signal && onAbort(signal, () => controller.abort(aborted(signal)));
    const timer = setTimeout(() => controller.abort(outOfTime(total)), total);
    this.#open.set(controller, () => {
      clearTimeout(timer);
      deafen?.();
    });
    return {
      signal: controller.signal,
      deadline: performance.now() + total,
      end: () => this.#end(controller),
    };
  }

  /** Ends the calls in flight and waits until they are gone. */
  close(): Promise<void> {
    this.#closing ??= this.#endAll();
    return this.#closing;
  }

  async #endAll(): Promise<void> {
    if (this.#open.size === 0) return;
    const idle = new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    for (const controller of this.#open.keys()) controller.abort(closed());
    await idle;
  }

  #end(controller: AbortController): void {
    this.#open.get(controller)?.();
    this.#open.delete(controller);
    if (this.#open.size === 0) this.#idle?.();
  }
}

function closed(): DualModeError {
  return new DualModeError("CLOSED", "The client is closed.", { fix: "Create another one." });
}

function aborted(signal: AbortSignal): DualModeError {
  return new DualModeError("ABORTED", "The caller aborted the call.", { cause: signal.reason });
}

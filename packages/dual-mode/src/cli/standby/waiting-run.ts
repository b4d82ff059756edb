import type { Secret } from "@acc/secrets";
import { abortReason, throwIfAborted } from "../../abort-reason.ts";
import { DualModeError } from "../../error.ts";
import { type BegunRun, beginRun } from "../begun-run.ts";
import type { CallRun } from "./call-run.ts";
import type { FileMarks } from "./file-marks.ts";
import { type Claim, dropStandby, type Standby } from "./pool.ts";

/**
 * Milliseconds before its process starts. It is requested when an answer ends, while the caller is
 * reading that answer and needs the machine more. A call that wants the process ends the wait.
 */
export const courtesy = 50;

/** A run whose process has everything except the call's prompt. It does not keep the host alive. */
export class WaitingRun implements Standby {
  readonly key: string;
  readonly owner: object;
  readonly secret: Secret | undefined;
  readonly marks: FileMarks;
  usedAt: number = performance.now();
  readonly #call: CallRun;
  readonly #stop = new AbortController();
  #starting: Promise<void> | undefined;
  #begun: BegunRun | undefined;
  #isGone = false;
  #timer: NodeJS.Timeout | undefined;
  #freeSlot = () => {};
  #hasten = () => {};

  constructor(call: CallRun, key: string, marks: FileMarks) {
    const { credential } = call.context;
    this.key = key;
    this.owner = call.wish.owner;
    this.secret = credential.kind === "key" ? credential.secret : undefined;
    this.marks = marks;
    this.#call = call;
  }

  /**
   * A process that cannot be started is dropped: the next call starts its own, and reports the
   * error.
   */
  start(): void {
    this.#timer = setTimeout(() => void dropStandby(this), this.#call.wish.ttl).unref();
    this.#starting = this.#begin().catch(() => {
      // `end()` waits for this promise, so it cannot be awaited here.
      void dropStandby(this);
    });
  }

  isStarting(): boolean {
    return this.#begun === undefined;
  }

  isReady(): boolean {
    const run = this.#begun?.run;
    if (run === undefined || this.#isGone || run.signal.aborted) return false;
    const { idles = () => false } = this.#call.rules;
    const lines = run.output.peek().split("\n");
    return lines.pop() === "" && lines.every(idles);
  }

  async started(): Promise<boolean> {
    this.#hasten();
    await this.#starting;
    const isReady = this.isReady();
    if (!isReady) await this.end();
    return isReady;
  }

  claim({ context: { signal }, plan, freeSlot }: Claim): BegunRun {
    const begun = this.#begun;
    if (begun === undefined) throw new RangeError("The run has not started yet.");
    clearTimeout(this.#timer);
    this.#freeSlot = freeSlot;
    const { child } = begun;
    child.keepsHost(true);
    const stop = () => this.#stop.abort(abortReason(signal));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    void child.exited.then(() => signal.removeEventListener("abort", stop));
    child.write(plan.stdin.slice(this.#call.rules.first?.length ?? 0));
    if (!plan.dialogue) child.endInput();
    return begun;
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort(new DualModeError("CLOSED", "The process is no longer needed."));
    this.#hasten();
    await this.#starting;
    await this.#begun?.run.close();
  }

  async #begin(): Promise<void> {
    const { context, plan, rules } = this.#call;
    await new Promise<void>((resolve) => {
      this.#hasten = resolve;
      setTimeout(resolve, courtesy).unref();
    });
    throwIfAborted(this.#stop.signal);
    const begun = await beginRun(
      { ...context, signal: this.#stop.signal },
      async (folder) => ({ ...(await plan(folder)), stdin: rules.first ?? "", dialogue: true }),
      () => this.#freeSlot(),
      { holdsInput: rules.asksAtEnd, waits: true },
    );
    this.#begun = begun;
    begun.child.keepsHost(false);
    void begun.child.exited.then(() => {
      this.#isGone = true;
      return dropStandby(this);
    });
  }
}

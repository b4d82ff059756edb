import type { Failure } from "../contract/failure.ts";
import type { Limits } from "../contract/part.ts";

/** How an attempt ended, as far as a limit is concerned. */
export interface Outcome {
  /** The vendor refused it for a limit; with the milliseconds that it said to wait, if it did. */
  readonly refused?: { readonly wait: number | undefined; readonly failure?: Failure };
}

/** The leave to try once. Whoever has it must end it. */
export interface Pass {
  /** The vendor has begun to answer. */
  admitted(): void;
  /** The vendor told its limits. */
  told(limits: Limits): void;
  /** The attempt is over. */
  end(outcome: Outcome): void;
}

/** Who asks for a pass. */
export interface Asker {
  readonly model: string;
  /** Who asked first goes first, also after it was refused. */
  readonly ticket: number;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Another credential is open: this one is not waited for once the vendor wants no call. */
  readonly elsewhere: boolean;
}

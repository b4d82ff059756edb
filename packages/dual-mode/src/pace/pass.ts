import type { Failure } from "../contract/failure.ts";
import type { Limits } from "../contract/part.ts";

/** The end of an attempt, as far as limits are concerned. */
export interface Outcome {
  /**
   * Set if the vendor refused it because of a limit, with the ms that it said to wait, if it did.
   */
  readonly refused?: { readonly wait: number | undefined; readonly failure?: Failure };
}

/** Permission for one attempt, which its holder must end. */
export interface Pass {
  /** Called when the vendor has begun to answer. */
  admitted(): void;
  /** Called when the vendor reports its limits. */
  told(limits: Limits): void;
  /** Called when the attempt is over. */
  end(outcome: Outcome): void;
}

/** A call that asks for a pass. */
export interface Asker {
  readonly model: string;
  /** The call that asked first starts first, even after a refusal. */
  readonly ticket: number;
  /** In ms on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /**
   * Whether another credential is available, so that the call does not wait for this one while the
   * vendor accepts no call.
   */
  readonly elsewhere: boolean;
}

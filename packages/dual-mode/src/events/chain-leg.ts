import type { DualModeError } from "../error.ts";

/** In the options of a call that a chain makes, also through clients of another copy of this package. */
export const ofChain: unique symbol = Symbol.for("@acc/dual-mode.chain@0") as never;

/** What a chain tells the clients that it asks, besides the caller's options. */
export interface ChainLeg {
  readonly [ofChain]?: {
    /** The whole call's id; it is made where somebody listens. */
    callId(): string;
    /** The provider that is asked where this one failed so. */
    next(error: DualModeError): string | undefined;
  };
}

let ofProcess: string | undefined;
let count = 0;

/** An id that no other call has, of this process or another. */
export function newCallId(): string {
  ofProcess ??= process.getBuiltinModule("node:crypto").randomBytes(9).toString("base64url");
  count += 1;
  return `${ofProcess}-${count.toString(36)}`;
}

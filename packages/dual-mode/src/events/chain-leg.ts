import type { DualModeError } from "../error.ts";

/**
 * The key in a call's options under which a chain passes its data, even to clients of another copy
 * of this package.
 */
export const ofChain: unique symbol = Symbol.for("@acc/dual-mode.chain@0") as never;

/** The data that a chain passes to its clients, besides the caller's options. */
export interface ChainLeg {
  readonly [ofChain]?: {
    /** Returns the id of the whole call; it is made only if somebody listens. */
    callId(): string;
    /** Returns the provider that is asked after such a failure. */
    next(error: DualModeError): string | undefined;
  };
}

let ofProcess: string | undefined;
let count = 0;

/** Returns an id that no other call has, in this process or another. */
export function newCallId(): string {
  ofProcess ??= process.getBuiltinModule("node:crypto").randomBytes(9).toString("base64url");
  count += 1;
  return `${ofProcess}-${count.toString(36)}`;
}

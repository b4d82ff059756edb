import type { Usage } from "@acc/dual-mode";

/** Who asks: the owner, who may use logins, or a key, whose calls have a tenant and never a login. */
export type Caller =
  | { readonly kind: "owner" }
  | {
      readonly kind: "key";
      readonly id: string;
      readonly name: string;
      /** Whose answers the key shares. */
      readonly tenant: string;
      /** Patterns of the models that it may ask for; absent where it may ask for all. */
      readonly models?: readonly string[];
    };

/** Why a request is not served; each wire tells it in its own form. */
export interface Refusal {
  /** HTTP status: 401, 402, 403, 404, 413, 415, 421, 429, 503 … */
  readonly status: number;
  /** Stable: "INVALID_TOKEN", "RATE_LIMITED", "BUDGET_EXHAUSTED" … */
  readonly code: string;
  readonly message: string;
  /** Milliseconds after which to ask again. */
  readonly retryAfter?: number;
}

/** A model of a provider. */
export interface Target {
  readonly provider: string;
  /** Absent where the provider's own default is asked. */
  readonly model?: string;
}

/** What a call may use at most. */
export interface Ask {
  /** Those that may answer, in their order. */
  readonly models: readonly Target[];
  /** Estimated from the request's length. */
  readonly inputTokens: number;
  readonly maxOutputTokens?: number;
}

/** What an attempt used that failed, of which its vendor told. */
export interface LostAttempt extends Target {
  readonly usage: Usage;
}

/** What a call used. */
export interface Used extends Partial<Target> {
  readonly usage?: Usage;
  readonly costUsd?: number;
  /** From the cache, or made by another call in flight, which pays for it. */
  readonly cached: boolean;
  /** It failed before a model was at work, as `isUnpaid` tells: then it cost nothing. */
  readonly failed?: boolean;
  /** Attempts before the end, or at it, that failed and are paid for all the same. */
  readonly lost?: readonly LostAttempt[];
}

/** What is taken for a call until it is settled. */
export interface Reservation {
  /** The bound of output that the call gets, where it named none or a larger one. */
  readonly maxOutputTokens?: number;
  /** Called once, whatever became of the call. */
  settle(used: Used): Promise<void>;
}

/** Where a request came from, as far as the server that took it knows. */
export interface RequestInfo {
  /** The peer's address. */
  readonly remoteAddress?: string;
  /**
   * Calls `leave` once the client has left before its answer has ended, and gives what ends the
   * listening. @default the request's `signal`
   */
  readonly whenLeft?: (leave: () => void) => () => void;
}

/** Who may ask, and how much. */
export interface Access {
  /** Why what servers share does not answer; undefined while it does, or nothing is shared. */
  readonly away?: string | undefined;
  /** Who sent the token, or why nobody did. */
  identify(token: string | undefined, info?: RequestInfo): Promise<Caller | Refusal>;
  /** Takes what the call may use at most; refused with 429 or 402. */
  reserve(caller: Caller, ask: Ask): Promise<Reservation | Refusal>;
  /** Counts a request that asks no model; refused with 429. Without it none is counted. */
  count?(caller: Caller): Promise<Refusal | undefined>;
  close?(): Promise<void>;
}

export function isRefusal(value: object): value is Refusal {
  return "status" in value && "code" in value;
}

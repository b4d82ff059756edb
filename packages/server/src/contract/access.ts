import type { Usage } from "@acc/dual-mode";

/**
 * Who sends a request: the owner, who may use logins, or a key, whose calls have a tenant and never
 * use a login.
 */
export type Caller =
  | { readonly kind: "owner" }
  | {
      readonly kind: "key";
      readonly id: string;
      readonly name: string;
      /** The tenant whose cached answers the key shares. */
      readonly tenant: string;
      /** Patterns of the models that the key may use; absent if it may use all. */
      readonly models?: readonly string[];
    };

/** Why a request is refused; each wire writes it in its own form. */
export interface Refusal {
  /** HTTP status: 401, 402, 403, 404, 413, 415, 421, 429, 503 … */
  readonly status: number;
  /** A stable code: "INVALID_TOKEN", "RATE_LIMITED", "BUDGET_EXHAUSTED" … */
  readonly code: string;
  readonly message: string;
  /** Milliseconds after which to try again. */
  readonly retryAfter?: number;
}

/** A model of a provider. */
export interface Target {
  readonly provider: string;
  /** Absent if the provider's own default model is called. */
  readonly model?: string;
}

/** The most that a call may use. */
export interface Ask {
  /** The models that may answer, in the order in which they are tried. */
  readonly models: readonly Target[];
  /** Estimated from the request's length. */
  readonly inputTokens: number;
  readonly maxOutputTokens?: number;
}

/** The usage of an attempt that failed, as its vendor reported it. */
export interface LostAttempt extends Target {
  readonly usage: Usage;
}

/** What a call used. */
export interface Used extends Partial<Target> {
  readonly usage?: Usage;
  readonly costUsd?: number;
  /** The answer came from the cache, or from an identical call in flight, which pays for it. */
  readonly cached: boolean;
  /** The call failed before a model began to work (see `isUnpaid`), so it cost nothing. */
  readonly failed?: boolean;
  /** Failed attempts that are billed nevertheless, the last one included. */
  readonly lost?: readonly LostAttempt[];
}

/** What is reserved for a call until it is settled. */
export interface Reservation {
  /** The output limit that the call gets, if it set none or a larger one. */
  readonly maxOutputTokens?: number;
  /** Called once, however the call ended. */
  settle(used: Used): Promise<void>;
}

/** Where a request came from, as far as the HTTP server knows. */
export interface RequestInfo {
  /** The peer's address. */
  readonly remoteAddress?: string;
  /**
   * Calls `leave` if the client disconnects before its answer has ended, and returns a function
   * that stops listening.
   * @default the request's `signal`
   */
  readonly whenLeft?: (leave: () => void) => () => void;
}

/** Decides who may send requests, and how much they may use. */
export interface Access {
  /** Why shared storage does not answer; undefined while it does, or if nothing is shared. */
  readonly away?: string | undefined;
  /** Returns who sent the token, or why the request is refused. */
  identify(token: string | undefined, info?: RequestInfo): Promise<Caller | Refusal>;
  /** Reserves the most that the call may use; refused with 429 or 402. */
  reserve(caller: Caller, ask: Ask): Promise<Reservation | Refusal>;
  /**
   * Counts a request that calls no model; refused with 429. If absent, such requests are not
   * counted.
   */
  count?(caller: Caller): Promise<Refusal | undefined>;
  close?(): Promise<void>;
}

export function isRefusal(value: object): value is Refusal {
  return "status" in value && "code" in value;
}

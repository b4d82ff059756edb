import type { DualModeError } from "../error.ts";
import type { Attempt } from "./attempt.ts";
import type { Mode } from "./mode.ts";
import type { Limits } from "./part.ts";
import type { Reply } from "./reply.ts";

/** The members of every event that identify its call. */
export interface EventOrigin {
  /** The same in all events of a call, also across the providers of a chain. */
  readonly callId: string;
  readonly provider: string;
  readonly tenant?: string;
  readonly user?: string;
  /** The requested model; absent before the request has been checked. */
  readonly model?: string;
  /** The request's own notes. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An event that a client reports; each call ends with `reply` or `error`. */
export type ClientEvent = EventOrigin & EventBody;

export type EventBody =
  | {
      /** The request has been checked; one that is refused earlier has only an `error`. */
      readonly type: "call-start";
    }
  | {
      readonly type: "attempt-start";
      readonly mode: Mode;
      readonly credential: string;
      readonly model: string;
    }
  | { readonly type: "attempt-end"; readonly attempt: Attempt }
  | {
      /** The credential's limits, as the vendor reported them with an answer or a refusal. */
      readonly type: "limits";
      readonly mode: Mode;
      readonly credential: string;
      readonly model: string;
      readonly limits: Limits;
    }
  | {
      readonly type: "cache";
      readonly cid: string;
      readonly hit: boolean;
      /** For a hit: when the answer was stored, in milliseconds since the epoch. */
      readonly storedAt?: number;
    }
  | {
      readonly type: "reply";
      readonly reply: Reply;
      /** Milliseconds from the call to its reply. */
      readonly ms: number;
      /** Another call in flight made it and was billed for it: its tokens and attempts are that call's. */
      readonly joined?: true;
    }
  | {
      readonly type: "error";
      readonly error: DualModeError;
      /** Milliseconds from the call to its end. */
      readonly ms: number;
      /** In a chain: the provider that is asked next; the call is not over yet. */
      readonly next?: string;
    }
  | {
      /** The shared state went away, so each machine continues on its own, or it came back. */
      readonly type: "state";
      readonly state: "away" | "back";
      /** Why it is away. */
      readonly reason?: string;
    }
  | {
      readonly type: "log";
      readonly message: string;
      readonly details?: Readonly<Record<string, unknown>>;
    };

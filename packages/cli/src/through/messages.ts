import type { CallOptions, ClientEvent, Part, Reply } from "@acc/dual-mode";
import type { Terms } from "./terms.ts";
import type { ToldError } from "./told-error.ts";

/** What a server says first: `acc chat` proves with it that it knows the owner's token. */
export interface Challenge {
  readonly nonce: string;
}

/** What `acc chat` says to it. */
export interface Introduction {
  readonly proof: string;
  /** The server proves with it that it knows the token too, before it is asked anything. */
  readonly nonce: string;
  readonly terms: Terms;
}

/** Whether the server would answer as `acc chat` would by itself. */
export type Verdict =
  | { readonly accepted: { readonly pid: number; readonly proof: string } }
  | { readonly refused: Refusal };

export type Refusal = "token" | "ending" | { readonly differs: readonly string[] };

/** One call, as `acc chat` would make it. */
export interface Asked {
  readonly how: "chat" | "stream";
  /** Whom to ask, in turn; none where the first that can be asked is wanted. */
  readonly names: readonly string[];
  readonly client: { readonly billing?: "any" | "key" | "login"; readonly retry?: number };
  /** A request, whose schema is its JSON Schema alone. */
  readonly request: unknown;
  readonly asked: Omit<CallOptions, "signal" | "onEvent">;
}

/** Why a server does not take a call; "silent": it has not said that it does. */
export type Unasked = "ending" | "busy" | "silent";

/**
 * What comes of it, a line each; the first says whether it is taken, and the last is the reply or the
 * error. A call is asked only once `taken` has gone out: who has not read it may ask by itself.
 */
export type Told =
  | { readonly taken: true }
  | { readonly unasked: Unasked }
  | { readonly event: ClientEvent }
  | { readonly part: Part }
  | { readonly reply: Reply }
  | { readonly error: ToldError };

import type { CallOptions, ClientEvent, Part, Reply } from "@acc/dual-mode";
import type { Terms } from "./terms.ts";
import type { ToldError } from "./told-error.ts";

/** The first message of a server. `acc chat` uses it to prove that it knows the owner's token. */
export interface Challenge {
  readonly nonce: string;
}

/** The answer of `acc chat` to the challenge. */
export interface Introduction {
  readonly proof: string;
  /** The server uses it to prove that it knows the token too, before it is asked anything. */
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
  /** The providers to ask, in order; empty for the first that can be asked. */
  readonly names: readonly string[];
  readonly client: { readonly billing?: "any" | "key" | "login"; readonly retry?: number };
  /** A request, of whose schema there is only the JSON Schema. */
  readonly request: unknown;
  readonly asked: Omit<CallOptions, "signal" | "onEvent">;
}

/** Why a server does not take a call; "silent" if it has not said that it does. */
export type Unasked = "ending" | "busy" | "silent";

/**
 * The messages about a call, one on each line. The first says whether it is taken, and the last is
 * the reply or the error. A call is made only once `taken` was sent: a client that has not read it
 * may make the call itself.
 */
export type Told =
  | { readonly taken: true }
  | { readonly unasked: Unasked }
  | { readonly event: ClientEvent }
  | { readonly part: Part }
  | { readonly reply: Reply }
  | { readonly error: ToldError };

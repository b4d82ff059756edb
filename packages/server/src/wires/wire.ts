import type { ChatRequest, Part, Reply } from "@acc/dual-mode";
import type { WireName } from "../contract/call-record.ts";

/** What a wire requests of a model; the server decides which model. */
export type WireRequest = Omit<ChatRequest, "model">;

/** What an answer contains besides its content. */
export interface Made {
  /** The request's own id: letters, digits and dashes. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** Estimates the tokens of the request, for streams that report them before the vendor has. */
  readonly inputTokens?: () => number;
}

/** A failure as it is reported to the caller. */
export interface Failure {
  /** A code of `@acc/dual-mode`, or of a `Refusal`. */
  readonly code: string;
  /** The HTTP status, if it does not follow from the code. */
  readonly status?: number;
  readonly message: string;
  /** The wrong member of the body, as `messages[0].content`. */
  readonly param?: string;
  /** Milliseconds after which to try again. */
  readonly retryAfter?: number;
  /** The same request would fail again, however long the caller waits. */
  readonly lasting?: boolean;
  /** No model worked on any attempt, so the call cost nothing. */
  readonly unpaid?: boolean;
}

/**
 * The status of a lasting failure that has none of its own: it tells callers not to repeat the
 * request (RFC 9110, 15.5.4). Clients that do not know `x-should-retry` decide by the status alone,
 * and retry any status from 500 on: the AI SDK three times, LangChain.js for more than a minute.
 */
export const notAgain = 403;

/**
 * Writes the events of one streamed answer. Each method returns text for the body, which may be
 * empty.
 */
export interface WireEvents {
  part(part: Part): string;
  /** Written after the last part. */
  end(): string;
  /** Written instead of the rest of the answer. */
  fail(failure: Failure): string;
}

/** A request that a wire has read. */
export interface WireCall {
  /** The model as named in the request. */
  readonly model: string;
  readonly stream: boolean;
  readonly request: WireRequest;
  /** How long the vendor is asked to cache the prompt. */
  readonly promptCache?: "5m" | "1h";
  /** Parts of the request that were left out, for a header. */
  readonly ignored?: readonly string[];
  /** Makes the body of a complete answer. */
  answer(reply: Reply, made: Made): object;
  events(made: Made): WireEvents;
}

/**
 * One API in which programs call models: pure functions that read request bodies and write answers.
 */
export interface Wire {
  readonly name: WireName;
  /** Sent on a stream that is silent. */
  readonly keepAlive: string;
  /** @throws {@link InvalidBody} */
  read(body: unknown): WireCall;
  status(failure: Failure): number;
  failure(failure: Failure, id: string): object;
  /** Headers in addition to those that every answer has. */
  headers(id: string): Readonly<Record<string, string>>;
}

import type { ChatRequest, Part, Reply } from "@acc/dual-mode";
import type { WireName } from "../contract/call-record.ts";

/** What a wire asks of a model; whom, the server says. */
export type WireRequest = Omit<ChatRequest, "model">;

/** How an answer is sent, apart from its content. */
export interface Made {
  /** The request's own id, of letters, digits and dashes. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** The tokens of the request, estimated: of a stream, where they are to be told before they are known. */
  readonly inputTokens?: () => number;
}

/** A failure as it is told to whoever asked. */
export interface Failure {
  /** A code of `@acc/dual-mode`, or of a `Refusal`. */
  readonly code: string;
  /** The status, where it does not follow from the code. */
  readonly status?: number;
  readonly message: string;
  /** Where in the body the fault is, as `messages[0].content`. */
  readonly param?: string;
  /** Milliseconds after which to ask again. */
  readonly retryAfter?: number;
  /** The same request would fail again, however long its sender waits. */
  readonly lasting?: boolean;
  /** No model was at work on any attempt, so that it cost nothing. */
  readonly unpaid?: boolean;
}

/**
 * The status of a lasting failure that has none of its own: who gets it should not repeat the request
 * (RFC 9110, 15.5.4). Clients that know no `x-should-retry` go by the status alone, and repeat at any
 * of 500 and above: the AI SDK three times, LangChain.js for more than a minute.
 */
export const notAgain = 403;

/** Writes the events of one streamed answer; each gives text for the body, which may be empty. */
export interface WireEvents {
  part(part: Part): string;
  /** Behind the last part. */
  end(): string;
  /** Instead of what would have come. */
  fail(failure: Failure): string;
}

/** A request as one wire has it, read. */
export interface WireCall {
  /** The model as it is named there. */
  readonly model: string;
  readonly stream: boolean;
  readonly request: WireRequest;
  /** For how long the vendor is asked to keep the prompt. */
  readonly promptCache?: "5m" | "1h";
  /** What of the request was left out, for a header. */
  readonly ignored?: readonly string[];
  /** The body of a whole answer. */
  answer(reply: Reply, made: Made): object;
  events(made: Made): WireEvents;
}

/** One form in which programs ask models: pure functions, from a body and to one. */
export interface Wire {
  readonly name: WireName;
  /** Sent in silence. */
  readonly keepAlive: string;
  /** @throws {@link InvalidBody} */
  read(body: unknown): WireCall;
  status(failure: Failure): number;
  failure(failure: Failure, id: string): object;
  /** Headers besides those that every answer has. */
  headers(id: string): Readonly<Record<string, string>>;
}

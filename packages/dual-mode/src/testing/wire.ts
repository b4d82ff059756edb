import type { PlayedAnswer, PlayedCall, PlayedFailure, PlayedReasons } from "./played-answer.ts";
import type { PlayedBatches, PlayedRequest, PlayedResponse } from "./played-batches.ts";

/** The wire format of a vendor's server. */
export interface HttpWire {
  /**
   * Returns the events of a whole answer, each with its end. A part of the events must be a part of
   * the answer.
   */
  answer(answer: PlayedAnswer): readonly string[];
  /**
   * An event, with its end, that the server sends while an answer takes its time and that is not
   * part of it: a comment, a ping. Absent if the server sends none.
   */
  readonly signOfLife?: string;
  /**
   * Returns the events of a whole answer that calls tools, with the ids that the vendor sends, or
   * without ids if it need not send any. Absent if there are no tools.
   */
  calls?(calls: readonly PlayedCall[]): readonly string[];
  failure(failure: PlayedFailure): HttpRefusal;
  /** The finish reasons in the words of `answer`. Absent if the wire has no words of its own. */
  readonly reasons?: PlayedReasons;
  /**
   * Returns the headers of an answer that report how many requests of how many are left. Absent if
   * the vendor does not report it.
   */
  limits?(remaining: number, limit: number): Readonly<Record<string, string>>;
  /** Returns the JSON of a whole list of models; absent if the vendor has no list. */
  models?(names: readonly string[]): string;
  /**
   * Returns the server's answer to a request about batches and their files, which it stores in
   * `batches`; undefined if the request is about something else. Absent if the vendor has no
   * batches.
   */
  batches?(request: PlayedRequest, batches: PlayedBatches): PlayedResponse | undefined;
}

/** A server's refusal. */
export interface HttpRefusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a command prints for its version or login, by its arguments. */
export interface PlayedProbe {
  readonly args: readonly string[];
  readonly stdout: string;
}

/** A command's answers to requests before it plays what a rule asks for. */
export interface PlayedDialogue {
  /** The result of each request, by method. Other requests get an empty result. */
  readonly results: Readonly<Record<string, unknown>>;
  /** The method of the request after which the answer comes. */
  readonly begins: string;
}

/** The wire format of a vendor's command. */
export interface CommandWire {
  readonly probes: readonly PlayedProbe[];
  /** The output of a version that is too old. Absent if every version is supported. */
  readonly tooOld?: readonly PlayedProbe[];
  /** How its runs end while there is no login. Absent if the command has no login. */
  readonly loggedOut?: CommandRefusal;
  /**
   * Returns the lines of a whole answer, after which the command exits with 0. A part of the lines
   * must be a part of the answer.
   */
  answer(answer: PlayedAnswer): readonly string[];
  /**
   * A line that the command prints while an answer takes its time and that is not part of it.
   * Absent if it prints none.
   */
  readonly signOfLife?: string;
  /** For a command that speaks JSON-RPC over a stdin that stays open. */
  readonly dialogue?: PlayedDialogue;
  /** Returns the lines of a whole answer that calls tools. Absent if there are none. */
  calls?(calls: readonly PlayedCall[]): readonly string[];
  failure(failure: PlayedFailure): CommandRefusal;
  /** The finish reasons in the words of `answer`. Absent if the wire has no words of its own. */
  readonly reasons?: PlayedReasons;
}

/** A command's run that ends with a refusal. */
export interface CommandRefusal {
  readonly lines?: readonly string[];
  readonly stderr?: string;
  readonly exitCode: number;
}

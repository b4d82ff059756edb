import type { PlayedAnswer, PlayedCall, PlayedFailure, PlayedReasons } from "./played-answer.ts";
import type { PlayedBatches, PlayedRequest, PlayedResponse } from "./played-batches.ts";

/** How a vendor's server speaks. */
export interface HttpWire {
  /** The events of a whole answer, each with its end. A part of them is a part of an answer. */
  answer(answer: PlayedAnswer): readonly string[];
  /**
   * What the server sends while an answer takes its time and is no part of it, with its end: a comment,
   * a ping. Absent where it sends nothing of the kind.
   */
  readonly signOfLife?: string;
  /**
   * The events of a whole answer that calls tools, with the ids that the vendor gives, or without any
   * where it may give none. Absent where there are no tools.
   */
  calls?(calls: readonly PlayedCall[]): readonly string[];
  failure(failure: PlayedFailure): HttpRefusal;
  /** The words in which `answer` says why it ended. Absent where the wire has none of its own. */
  readonly reasons?: PlayedReasons;
  /**
   * The headers of an answer that tell how many requests are left of how many. Absent where the
   * vendor does not tell.
   */
  limits?(remaining: number, limit: number): Readonly<Record<string, string>>;
  /** The JSON of a whole list of models; absent where the vendor does not tell them. */
  models?(names: readonly string[]): string;
  /**
   * What the server answers to a request about batches and their files, which it keeps in `batches`;
   * undefined: it is about something else. Absent where the vendor has no batches.
   */
  batches?(request: PlayedRequest, batches: PlayedBatches): PlayedResponse | undefined;
}

/** A server's answer that is a refusal. */
export interface HttpRefusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a command prints when it is asked for its version or login, by its arguments. */
export interface PlayedProbe {
  readonly args: readonly string[];
  readonly stdout: string;
}

/** What a command answers to requests before it plays what a rule asks for. */
export interface PlayedDialogue {
  /** By method: the result of each request. Others are answered with an empty one. */
  readonly results: Readonly<Record<string, unknown>>;
  /** The method of the request behind which the answer comes. */
  readonly begins: string;
}

/** How a vendor's command speaks. */
export interface CommandWire {
  readonly probes: readonly PlayedProbe[];
  /** What it prints instead in a version that is too old. Absent where every version will do. */
  readonly tooOld?: readonly PlayedProbe[];
  /** How its runs end while it holds no login. Absent where it has none. */
  readonly loggedOut?: CommandRefusal;
  /** The lines of a whole answer, after which it exits with 0. A part of them is a part of an answer. */
  answer(answer: PlayedAnswer): readonly string[];
  /** A line that the command prints while an answer takes its time, and is no part of it. Absent where it prints none. */
  readonly signOfLife?: string;
  /** Of a command that is spoken with in JSON-RPC, over a stdin that stays open. */
  readonly dialogue?: PlayedDialogue;
  /** The lines of a whole answer that calls tools. Absent where there are none. */
  calls?(calls: readonly PlayedCall[]): readonly string[];
  failure(failure: PlayedFailure): CommandRefusal;
  /** The words in which `answer` says why it ended. Absent where the wire has none of its own. */
  readonly reasons?: PlayedReasons;
}

/** A command's run that ends with a refusal. */
export interface CommandRefusal {
  readonly lines?: readonly string[];
  readonly stderr?: string;
  readonly exitCode: number;
}

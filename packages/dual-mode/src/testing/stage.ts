import type { ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { PlayedAnswer, PlayedCall, PlayedFailure, PlayedReasons } from "./played-answer.ts";
import type { PlayedBatches } from "./played-batches.ts";
import type { Script } from "./script.ts";

/** A request of a provider, as it arrived. */
export interface Sent {
  /** The private parts: the body, or stdin, arguments and the run's own files. */
  readonly content: string;
  /** The parts that others can see: the address, or the arguments. */
  readonly exposed: string;
  /** The headers, or the environment. */
  readonly surroundings: Readonly<Record<string, string>>;
}

/** A fake server or command, with the functions of the author's wire. */
export interface Stage {
  readonly mode: Mode;
  /** The client options that lead to it. */
  readonly options: ClientOptions;
  /** Returns the events or lines of an answer, each with its end. */
  answer(answer: PlayedAnswer): readonly string[];
  /**
   * An event or line, with its end, that shows that more will come; undefined if the wire has none.
   */
  readonly signOfLife: string | undefined;
  /** The vendor's own words for the finish reasons; empty if the wire has none. */
  readonly reasons: PlayedReasons;
  /** Returns headers with the remaining requests; empty if the wire has none. */
  limits(remaining: number, limit: number): Readonly<Record<string, string>>;
  /** Returns a whole answer that calls tools; undefined if the wire does not support it. */
  calls(calls: readonly PlayedCall[]): Script | undefined;
  refusal(failure: PlayedFailure): Script;
  /** Returns a whole list of models; undefined if the wire does not support it. */
  models(names: readonly string[]): Script | undefined;
  /** The batches on the server; undefined if the wire does not support them. */
  readonly played: PlayedBatches | undefined;
  /** Sets what is played from now on; with a mark, only for requests that contain it. */
  play(script: Script, mark?: string): void;
  /** Makes it unreachable from now on; a command can also be too old, or have no login. */
  turn(state: "gone" | "tooOld" | "loggedOut"): void;
  /** Lets waiting answers continue. */
  release(): void;
  /** Returns all requests so far, except probes. */
  sent(): readonly Sent[];
  /** Returns how many connections or processes are still open. */
  alive(): number;
  close(): Promise<void>;
}

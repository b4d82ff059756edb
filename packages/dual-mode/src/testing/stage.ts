import type { ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { PlayedAnswer, PlayedCall, PlayedFailure, PlayedReasons } from "./played-answer.ts";
import type { PlayedBatches } from "./played-batches.ts";
import type { Script } from "./script.ts";

/** What a provider sent, as it arrived. */
export interface Sent {
  /** Where the request belongs: the body; stdin, arguments and the run's own files. */
  readonly content: string;
  /** What others can see: the address; the arguments. */
  readonly exposed: string;
  /** Headers; the environment. */
  readonly surroundings: Readonly<Record<string, string>>;
}

/** A fake server or command, and how an author's wire has it speak. */
export interface Stage {
  readonly mode: Mode;
  /** How a client is sent to it. */
  readonly options: ClientOptions;
  /** The events or lines of an answer, each with its end. */
  answer(answer: PlayedAnswer): readonly string[];
  /** What is sent to show that more will come, with its end; undefined where the wire has no such thing. */
  readonly signOfLife: string | undefined;
  /** The vendor's own words for the ends of answers; empty where the wire has none. */
  readonly reasons: PlayedReasons;
  /** The headers that tell what is left; empty where the wire has none. */
  limits(remaining: number, limit: number): Readonly<Record<string, string>>;
  /** A whole answer that calls tools; undefined where the wire has no words for it. */
  calls(calls: readonly PlayedCall[]): Script | undefined;
  refusal(failure: PlayedFailure): Script;
  /** A whole list of models; undefined where the wire has no words for it. */
  models(names: readonly string[]): Script | undefined;
  /** Those that were made at the server; undefined where the wire has no words for them. */
  readonly played: PlayedBatches | undefined;
  /** What is played from now on; with a mark, where what was sent holds it. */
  play(script: Script, mark?: string): void;
  /** From now on it is not there any more; a command may also be too old, or hold no login. */
  turn(state: "gone" | "tooOld" | "loggedOut"): void;
  /** Lets what stands still go on. */
  release(): void;
  /** Everything asked so far, probes excepted. */
  sent(): readonly Sent[];
  /** How many connections, or processes, are still there. */
  alive(): number;
  close(): Promise<void>;
}

import type { Attempt } from "../contract/attempt.ts";
import type { Feature, Mode } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type { Answer } from "./answer.ts";

/** How an answer was produced; cached after its parts. */
export interface Origin {
  readonly type: "origin";
  readonly mode: Mode;
  readonly fallback: boolean;
  readonly attempts: readonly Attempt[];
  /** The features of the request that were left out; empty except for lenient calls. */
  readonly ignored: readonly Feature[];
}

/** The parts of an answer with its origin. */
export interface OriginalAnswer {
  readonly origin: Origin;
  readonly parts: readonly Part[];
}

export function answerOf({ route, parts, attempts }: Answer): OriginalAnswer {
  const { mode, credential, ignored } = route;
  const fallback = attempts.some(
    (attempt) =>
      attempt.code !== undefined &&
      (attempt.mode !== mode || attempt.credential !== credential.source),
  );
  return { parts, origin: { type: "origin", mode, fallback, attempts, ignored } };
}

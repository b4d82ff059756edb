import type { Mode } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import type { Attempt } from "../contract/reply.ts";
import type { Answer } from "./run-routes.ts";

/** How an answer came about; kept behind its parts. */
export interface Origin {
  readonly type: "origin";
  readonly mode: Mode;
  readonly fallback: boolean;
  readonly attempts: readonly Attempt[];
  /** Nothing of the request was left out. */
  readonly faithful: boolean;
}

/** The parts of an answer, and how it came about. */
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
  const faithful = ignored.length === 0;
  return { parts, origin: { type: "origin", mode, fallback, attempts, faithful } };
}

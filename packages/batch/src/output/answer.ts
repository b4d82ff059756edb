import type { Attempt, Cost, Reply } from "@acc/dual-mode";

/** Whose line an answer or a failure is. */
export interface Place {
  readonly id: string;
  readonly line: number;
}

/** A line of the output. */
export interface Answer extends Place {
  readonly reply: Omit<Reply, "attempts" | "cost" | "limits">;
  readonly attempts: readonly Attempt[];
  readonly cost?: Cost;
}

/** A line of the failures. */
export interface FailedLine extends Place {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fix?: string;
    readonly status?: number;
    readonly retryable: boolean;
  };
  readonly attempts: readonly Attempt[];
}

/** Without a spread of the place: what that makes V8 holds till its next full collection. */
export function answerOf({ id, line }: Place, reply: Reply): Answer {
  const { attempts, cost, limits: _, ...rest } = reply;
  const answer = { id, line, reply: rest, attempts };
  return cost === undefined ? answer : { ...answer, cost };
}

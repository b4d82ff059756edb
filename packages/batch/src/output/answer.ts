import type { Attempt, Cost, Reply } from "@acc/dual-mode";

/** The line that an answer or a failure belongs to. */
export interface Place {
  readonly id: string;
  readonly line: number;
}

/** A line of the output file. */
export interface Answer extends Place {
  readonly reply: Omit<Reply, "attempts" | "cost" | "limits">;
  readonly attempts: readonly Attempt[];
  readonly cost?: Cost;
}

/** A line of the file for failures. */
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

/** Does not spread the place: V8 holds what that allocates until its next full collection. */
export function answerOf({ id, line }: Place, reply: Reply): Answer {
  const { attempts, cost, limits: _, ...rest } = reply;
  const answer = { id, line, reply: rest, attempts };
  return cost === undefined ? answer : { ...answer, cost };
}

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

export function answerOf(place: Place, reply: Reply): Answer {
  const { attempts, cost, limits: _, ...rest } = reply;
  return { ...place, reply: rest, attempts, ...(cost !== undefined && { cost }) };
}

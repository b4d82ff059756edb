import {
  givenCount,
  givenCounts,
  givenText,
  isMembers,
  type JsonObject,
  type Usage,
} from "@acc/dual-mode/provider";

/** The last event of a run, as far as it is read; a member of a wrong type counts as absent. */
export interface Result {
  readonly succeeded: boolean;
  /** The error message; undefined if there was no error. */
  readonly error: string | undefined;
  /**
   * Whether the turn limit ended the run: the model called tools, which would need another turn.
   */
  readonly isLastTurn: boolean;
  readonly usage: Usage;
  /** All output tokens of the model, including its thoughts. */
  readonly tokens: number;
}

export function toResult({ status, error, stats }: JsonObject): Result {
  const { type, message } = objectOf(error);
  const counts = objectOf(stats);
  const [input, output, total] = ["input_tokens", "output_tokens", "total_tokens"].map((name) =>
    givenCount(counts[name]),
  );
  return {
    succeeded: status === "success",
    error: error ? (givenText(message) ?? "an error without words") : undefined,
    isLastTurn: type === "FatalTurnLimitedError",
    usage: givenCounts({
      inputTokens: input,
      outputTokens: output,
      cacheReadTokens: counts.cached,
    }),
    tokens: Math.max(output ?? 0, (total ?? 0) - (input ?? 0)),
  };
}

/** Returns the value if it is an object, and an empty object otherwise. */
function objectOf(value: unknown): JsonObject {
  return isMembers(value) ? value : {};
}

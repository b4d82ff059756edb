import {
  givenCount,
  givenCounts,
  givenText,
  isMembers,
  type JsonObject,
  type Usage,
} from "@acc/dual-mode/provider";

/** The last event of a run, as far as it is read: a member of another type counts as absent. */
export interface Result {
  readonly succeeded: boolean;
  /** What went wrong; undefined where nothing did. */
  readonly error: string | undefined;
  /** The bound of turns ended the run: the model wants tools called, which would be the next. */
  readonly isLastTurn: boolean;
  readonly usage: Usage;
  /** All that the model put out, its thoughts with it. */
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

/** A member that is an object; none where it is something else. */
function objectOf(value: unknown): JsonObject {
  return isMembers(value) ? value : {};
}

import type { JsonObject, Usage } from "@acc/dual-mode/provider";

/** The last event of a run, as far as it is read: a member of another type counts as absent. */
export interface Result {
  readonly succeeded: boolean;
  /** What went wrong; undefined where nothing did. */
  readonly error: string | undefined;
  readonly usage: Usage;
  /** All that the model put out, its thoughts with it. */
  readonly tokens: number;
}

export function toResult({ status, error, stats }: JsonObject): Result {
  const { message } = objectOf(error);
  const counts = objectOf(stats);
  const [input, output, total] = ["input_tokens", "output_tokens", "total_tokens"].map((name) =>
    numberOf(counts[name]),
  );
  return {
    succeeded: status === "success",
    error: isObject(error) ? (textOf(message) ?? "an error without words") : undefined,
    usage: usageOf({
      inputTokens: input,
      outputTokens: output,
      cacheReadTokens: numberOf(counts.cached),
    }),
    tokens: Math.max(output ?? 0, (total ?? 0) - (input ?? 0)),
  };
}

/** A member that is an object; none where it is something else. */
function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function usageOf(counts: Readonly<Record<string, number | undefined>>): Usage {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
}

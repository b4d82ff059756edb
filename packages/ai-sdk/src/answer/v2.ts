import type { CallWarning, FinishReason, GenerateResult, Usage } from "../contract/answer.ts";
import type { ProviderMetadata } from "../contract/json.ts";
import type { ContentStreamPart, StreamPart } from "../contract/stream-part.ts";
import { defined } from "../defined.ts";

export interface UsageV2 {
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  totalTokens: number | undefined;
  reasoningTokens?: number;
  cachedInputTokens?: number;
}

export type WarningV2 =
  | { type: "unsupported-setting"; setting: string; details?: string }
  | { type: "other"; message: string };

export type GenerateResultV2 = Omit<GenerateResult, "finishReason" | "usage" | "warnings"> & {
  finishReason: FinishReason["unified"];
  usage: UsageV2;
  warnings: WarningV2[];
};

export type StreamPartV2 =
  | ContentStreamPart
  | { type: "stream-start"; warnings: WarningV2[] }
  | {
      type: "finish";
      usage: UsageV2;
      finishReason: FinishReason["unified"];
      providerMetadata?: ProviderMetadata;
    };

/**
 * Converts a result to version 2 of the AI SDK's interface, without the details of token counts and
 * the vendor's finish reason.
 */
export function toResultV2(result: GenerateResult): GenerateResultV2 {
  const { finishReason, usage, warnings } = result;
  return {
    ...result,
    finishReason: finishReason.unified,
    usage: toUsageV2(usage),
    warnings: warnings.map(toWarningV2),
  };
}

export function toStreamV2(stream: ReadableStream<StreamPart>): ReadableStream<StreamPartV2> {
  return stream.pipeThrough(
    new TransformStream<StreamPart, StreamPartV2>({
      transform: (part, controller) => controller.enqueue(toPartV2(part)),
    }),
  );
}

function toPartV2(part: StreamPart): StreamPartV2 {
  if (part.type === "stream-start") {
    return { type: part.type, warnings: part.warnings.map(toWarningV2) };
  }
  if (part.type !== "finish") return part;
  const { finishReason, usage, ...rest } = part;
  return { ...rest, finishReason: finishReason.unified, usage: toUsageV2(usage) };
}

function toUsageV2({ inputTokens, outputTokens }: Usage): UsageV2 {
  const known = inputTokens.total !== undefined && outputTokens.total !== undefined;
  return {
    inputTokens: inputTokens.total,
    outputTokens: outputTokens.total,
    totalTokens: known ? (inputTokens.total ?? 0) + (outputTokens.total ?? 0) : undefined,
    ...defined({
      reasoningTokens: outputTokens.reasoning,
      cachedInputTokens: inputTokens.cacheRead,
    }),
  };
}

function toWarningV2(warning: CallWarning): WarningV2 {
  if (warning.type === "other") return warning;
  const { feature, details } = warning;
  if (warning.type === "unsupported") {
    return { type: "unsupported-setting", setting: feature, ...defined({ details }) };
  }
  return { type: "other", message: `${feature}: ${details ?? "sent in another way"}` };
}

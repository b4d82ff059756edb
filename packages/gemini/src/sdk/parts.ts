import { DualModeError, type FinishReason, newCallId, type Part } from "@acc/dual-mode/provider";
import { toUsage, type VendorUsage } from "../usage.ts";
import { toSignature } from "./signature.ts";

/** A chunk of the stream, as far as it is read; the SDK's types are older than the API. */
export interface Chunk {
  readonly responseId?: string;
  readonly modelVersion?: string;
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: VendorUsage;
  readonly candidates?: readonly {
    readonly finishReason?: string;
    readonly content?: { readonly parts?: readonly ChunkPart[] };
  }[];
}

interface ChunkPart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly functionCall?: {
    readonly id?: string;
    readonly name: string;
    readonly args?: object;
  };
  readonly thoughtSignature?: string;
}

const reasons: Readonly<Record<string, FinishReason>> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content-filter",
  RECITATION: "content-filter",
  LANGUAGE: "content-filter",
  BLOCKLIST: "content-filter",
  PROHIBITED_CONTENT: "content-filter",
  SPII: "content-filter",
};

/** The chunks of one answer as parts. Ends with an error where the answer did not end. */
export async function* toParts(chunks: AsyncIterable<Chunk>): AsyncGenerator<Part> {
  let calls = 0;
  let started = false;
  let ended: string | undefined;
  let usage: VendorUsage | undefined;
  for await (const chunk of chunks) {
    if (!started) yield toStart(chunk);
    started = true;
    const candidate = chunk.candidates?.[0];
    for (const part of candidate?.content?.parts ?? []) {
      if (part.functionCall !== undefined) {
        calls += 1;
        yield toToolCall(part, part.functionCall);
      } else if (part.text) yield { type: part.thought ? "reasoning" : "text", text: part.text };
    }
    usage = chunk.usageMetadata ?? usage;
    ended = candidate?.finishReason ?? ended;
    if (chunk.promptFeedback?.blockReason !== undefined) ended ??= "SAFETY";
  }
  if (!started) throw new DualModeError("INVALID_OUTPUT", "Gemini's API answered nothing.");
  const reason = toReason(ended, calls);
  if (usage !== undefined) yield { type: "usage", usage: toUsage(usage) };
  yield { type: "finish", reason };
}

function toStart({ modelVersion, responseId }: Chunk): Part {
  return {
    type: "start",
    ...(modelVersion !== undefined && { model: modelVersion }),
    ...(responseId !== undefined && { id: responseId }),
  };
}

/** The models before Gemini 3 give their calls no ids. */
function toToolCall(
  { thoughtSignature }: ChunkPart,
  { id, name, args = {} }: NonNullable<ChunkPart["functionCall"]>,
): Part {
  const signature = thoughtSignature && { signature: toSignature(thoughtSignature) };
  return { type: "tool-call", id: id || newCallId(), name, input: args, ...signature };
}

function toReason(ended: string | undefined, calls: number): FinishReason {
  if (ended === undefined) {
    throw new DualModeError("NETWORK", "Gemini's answer was cut in mid-stream.");
  }
  if (ended === "MALFORMED_FUNCTION_CALL") {
    throw new DualModeError(
      "INVALID_OUTPUT",
      "Gemini called a tool in a form that cannot be read.",
    );
  }
  const reason = reasons[ended] ?? "other";
  return reason === "stop" && calls > 0 ? "tool-calls" : reason;
}

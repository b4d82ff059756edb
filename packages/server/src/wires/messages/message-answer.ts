import type { AssistantContent, FinishReason, Reply, Usage } from "@acc/dual-mode";
import { toSignature } from "./signature.ts";

/** Makes a complete answer in the form of Anthropic's messages. */
export function messageAnswer(reply: Reply, id: string, withThoughts: boolean): object {
  const { model, content, usage = {} } = reply;
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model,
    content: content.flatMap((piece) => toBlock(piece, withThoughts)),
    ...stopOf({ ...reply, reason: reply.finishReason }),
    usage: messageUsage(usage),
  };
}

function toBlock(piece: AssistantContent, withThoughts: boolean): object[] {
  switch (piece.type) {
    case "text":
      return [{ type: "text", text: piece.text }];
    case "reasoning": {
      const signature = toSignature(piece.signature);
      return withThoughts ? [{ type: "thinking", thinking: piece.text, signature }] : [];
    }
    case "tool-call": {
      const { id, name, input } = piece;
      return [{ type: "tool_use", id, name, input: input ?? {} }];
    }
  }
}

const reasons: Readonly<Record<FinishReason, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  "tool-calls": "tool_use",
  "content-filter": "refusal",
  other: "end_turn",
};

/** How an answer ended. */
export interface Ended {
  readonly reason: FinishReason;
  readonly vendorReason?: string;
  readonly stopSequence?: string;
}

/** The stop reason is never null at the end: clients would treat the answer as unfinished. */
export function stopOf({ reason, vendorReason, stopSequence: met }: Ended): {
  readonly stop_reason: string;
  readonly stop_sequence: string | null;
} {
  const isMet = reason === "stop" && (met !== undefined || vendorReason === "stop_sequence");
  return isMet
    ? { stop_reason: "stop_sequence", stop_sequence: met ?? null }
    : { stop_reason: reasons[reason], stop_sequence: null };
}

export function messageUsage(usage: Usage): Readonly<Record<string, number>> {
  return {
    input_tokens: usage.inputTokens ?? 0,
    cache_creation_input_tokens: usage.cacheWriteTokens ?? 0,
    cache_read_input_tokens: usage.cacheReadTokens ?? 0,
    output_tokens: usage.outputTokens ?? 0,
  };
}

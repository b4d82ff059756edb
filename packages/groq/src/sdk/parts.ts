import { DualModeError, type FinishReason, type Part, type Usage } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

type Chunk = Groq.Chat.ChatCompletionChunk;
type VendorUsage = NonNullable<NonNullable<Chunk["x_groq"]>["usage"]>;

interface PendingCall {
  id: string;
  name: string;
  json: string;
}

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  content_filter: "content-filter",
};

/** The chunks of one answer as parts. Ends with an error where the answer did not end. */
export async function* toParts(chunks: AsyncIterable<Chunk>): AsyncGenerator<Part> {
  const calls = new Map<number, PendingCall>();
  let started = false;
  let ended: string | undefined;
  let usage: VendorUsage | undefined;
  for await (const chunk of chunks) {
    if (!started) yield { type: "start", model: chunk.model, id: chunk.id };
    started = true;
    usage = chunk.x_groq?.usage ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const { content, reasoning, tool_calls } = choice.delta ?? {};
    if (reasoning) yield { type: "reasoning", text: reasoning };
    if (content) yield { type: "text", text: content };
    for (const delta of tool_calls ?? []) addTo(calls, delta);
    ended = choice.finish_reason ?? ended;
  }
  if (!started) throw new DualModeError("INVALID_OUTPUT", "Groq's API answered nothing.");
  if (ended === undefined)
    throw new DualModeError("NETWORK", "Groq's answer was cut in mid-stream.");
  for (const call of calls.values()) yield toToolCall(call);
  if (usage !== undefined) yield { type: "usage", usage: toUsage(usage) };
  yield { type: "finish", reason: reasons[ended] ?? "other" };
}

type CallDelta = NonNullable<Chunk["choices"][number]["delta"]["tool_calls"]>[number];

function addTo(calls: Map<number, PendingCall>, delta: CallDelta): void {
  const call = calls.get(delta.index) ?? { id: "", name: "", json: "" };
  calls.set(delta.index, {
    id: delta.id ?? call.id,
    name: delta.function?.name ?? call.name,
    json: call.json + (delta.function?.arguments ?? ""),
  });
}

function toToolCall({ id, name, json }: PendingCall): Part {
  try {
    return { type: "tool-call", id, name, input: json === "" ? {} : JSON.parse(json) };
  } catch (cause) {
    const message = `Groq called the tool "${name}" with arguments that are not JSON.`;
    throw new DualModeError("INVALID_OUTPUT", message, { cause });
  }
}

/** What was read from a cache is counted in the prompt: without it, it is what was put in. */
function toUsage(usage: VendorUsage): Usage {
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reported = {
    inputTokens: (usage.prompt_tokens ?? Number.NaN) - (cached ?? 0),
    outputTokens: usage.completion_tokens,
    cacheReadTokens: cached,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => Number.isFinite(value)));
}

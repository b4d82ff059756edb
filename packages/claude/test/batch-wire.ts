import type { HttpWire, PlayedAnswer, PlayedBatch, PlayedOutcome } from "@acc/dual-mode/testing";

type Respond = NonNullable<HttpWire["batches"]>;

interface Asked {
  readonly custom_id: string;
  readonly params: object;
}

/** Message Batches: https://platform.claude.com/docs/en/api/creating-message-batches */
export const messageBatches: Respond = ({ method, path, body }, batches) => {
  const [is, id, what] = /^\/v1\/messages\/batches(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
  if (is === undefined) return undefined;
  if (id === undefined && method === "GET") {
    return {
      body: { data: batches.all.map(shown), has_more: false, first_id: null, last_id: null },
    };
  }
  if (id === undefined) {
    const { requests }: { requests: readonly Asked[] } = JSON.parse(body);
    const lines = requests.map(({ custom_id, params }) => ({ id: custom_id, body: params }));
    return { body: shown(batches.make(lines)) };
  }
  if (what === "cancel") batches.cancel(id);
  const batch = batches.find(id);
  if (batch === undefined) return { status: 404, body: {} };
  if (what !== "results") return { body: shown(batch) };
  const lines = batch.outcomes.map((each) => ({
    custom_id: each.id,
    result: resultOf(each.outcome),
  }));
  return { body: lines.map((line) => `${JSON.stringify(line)}\n`).join("") };
};

function shown({ id, lines, made, state }: PlayedBatch): object {
  const words = { running: "in_progress", moving: "moving", ended: "ended", cancelled: "ended" };
  const isOver = state === "ended" || state === "cancelled";
  return {
    ...{ id, type: "message_batch", created_at: made.toISOString() },
    processing_status: words[state],
    request_counts: { [isOver ? "succeeded" : "processing"]: lines.length },
  };
}

function resultOf(outcome: PlayedOutcome): object {
  if (outcome === "cancelled") return { type: "canceled" };
  if (outcome === "expired") return { type: "expired" };
  if ("answer" in outcome) return { type: "succeeded", message: messageOf(outcome.answer) };
  const { type, message } = outcome.failure;
  return { type: "errored", error: { type: "error", error: { type, message } } };
}

function messageOf({ model, texts, inputTokens, outputTokens }: PlayedAnswer): object {
  return {
    ...{ id: "msg_1", type: "message", role: "assistant", model, stop_reason: "end_turn" },
    content: [{ type: "text", text: texts.join("") }],
    usage: { input_tokens: inputTokens, output_tokens: outputTokens },
  };
}

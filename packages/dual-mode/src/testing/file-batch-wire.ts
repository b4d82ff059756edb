import type { PlayedAnswer } from "./played-answer.ts";
import type {
  PlayedBatch,
  PlayedBatches,
  PlayedRequest,
  PlayedResponse,
} from "./played-batches.ts";

type Line = { readonly custom_id: string; readonly body: unknown };

/**
 * Returns the answers of a server of files and batches.
 *
 * @param whole Returns the body of an answer that is not a stream. @default a chat completion
 */
export function fileBatchWire(
  whole: (answer: PlayedAnswer) => object = completion,
): (request: PlayedRequest, batches: PlayedBatches) => PlayedResponse | undefined {
  return ({ method, path, body }, batches) => {
    const [, room, id, what] = /\/(files|batches)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
    if (room === undefined) return undefined;
    const isPost = method === "POST";
    if (room === "files") {
      if (!isPost) return { body: outputOf(batches.find(id ?? ""), whole) };
      const text = body.split("\r\n").find((each) => each.startsWith('{"custom_id"')) ?? "";
      return { body: { id: batches.keep(text), object: "file" } };
    }
    if (id === undefined && !isPost) {
      return { body: { object: "list", data: batches.all.map(shown), has_more: false } };
    }
    if (id === undefined) return { body: shown(made(JSON.parse(body), batches)) };
    if (what === "cancel") batches.cancel(id);
    const batch = batches.find(id);
    return batch === undefined ? { status: 404, body: {} } : { body: shown(batch) };
  };
}

function made(
  asked: { readonly input_file_id: string; readonly metadata?: object },
  batches: PlayedBatches,
): PlayedBatch {
  const lines = batches.linesOf(asked.input_file_id) as readonly Line[];
  const told = lines.map(({ custom_id, body }) => ({ id: custom_id, body }));
  return batches.make(told, JSON.stringify(asked.metadata ?? null));
}

const states = {
  ...{ running: "in_progress", moving: "moving", ended: "completed", cancelled: "cancelled" },
} as const;

function shown({ id, mark, made, state, outcomes }: PlayedBatch): object {
  return {
    ...{ id, object: "batch", status: states[state], metadata: JSON.parse(mark ?? "null") },
    created_at: Math.floor(made.getTime() / 1_000),
    ...(outcomes.length > 0 && { output_file_id: id }),
  };
}

/** Answers and errors are in one file, since both are read in the same way. */
function outputOf(batch: PlayedBatch | undefined, whole: (answer: PlayedAnswer) => object): string {
  const lines = batch?.outcomes.map(({ id, outcome }) => {
    if (typeof outcome === "string") {
      return { custom_id: id, response: null, error: { code: `batch_${outcome}`, message: "" } };
    }
    if ("answer" in outcome) {
      return { custom_id: id, response: { status_code: 200, body: whole(outcome.answer) } };
    }
    const { status, type, message } = outcome.failure;
    const body = { error: { message, type, code: type } };
    return { custom_id: id, response: { status_code: status, body } };
  });
  return (lines ?? []).map((line) => `${JSON.stringify(line)}\n`).join("");
}

function completion({ model, texts, finish, inputTokens, outputTokens }: PlayedAnswer): object {
  const message = { role: "assistant", content: texts.join("") };
  return {
    ...{ id: "played", object: "chat.completion", model },
    choices: [{ index: 0, message, finish_reason: finish.replace("-", "_") }],
    usage: { prompt_tokens: inputTokens, completion_tokens: outputTokens },
  };
}

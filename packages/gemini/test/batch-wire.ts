import type {
  HttpWire,
  PlayedAnswer,
  PlayedBatch,
  PlayedBatches,
  PlayedOutcome,
  PlayedRequest,
  PlayedResponse,
} from "@acc/dual-mode/testing";

type Respond = NonNullable<HttpWire["batches"]>;

/** https://ai.google.dev/api/batch-api and https://ai.google.dev/api/files */
export const geminiBatches: Respond = (request, batches) => {
  const { method, path, body } = request;
  if (path.startsWith("/upload/")) return upload(request, batches);
  const [, file] = /^\/download\/v1beta\/files\/(\w+):download$/.exec(path) ?? [];
  if (file !== undefined) return { body: outputOf(batches.find(file)) };
  if (path.endsWith(":batchGenerateContent")) return { body: make(JSON.parse(body), batches) };
  if (path === "/v1beta/batches") {
    const operations = batches.all.map(shown);
    return { body: operations.length > 0 ? { operations } : {} };
  }
  const [, id = "", verb] = /^\/v1beta\/batches\/(\w+)(:cancel)?$/.exec(path) ?? [];
  if (verb !== undefined && method === "POST") {
    batches.cancel(id);
    return { body: {} };
  }
  const batch = batches.find(id);
  return batch === undefined ? { status: 404, body: {} } : { body: shown(batch) };
};

function upload({ headers, origin, body }: PlayedRequest, batches: PlayedBatches): PlayedResponse {
  if (headers["x-goog-upload-command"] === "start") {
    const url = `${origin}/upload/v1beta/files?upload_id=u1&upload_protocol=resumable`;
    return { headers: { "x-goog-upload-url": url }, body: "" };
  }
  return { body: { file: { name: `files/${batches.keep(body)}`, state: "ACTIVE" } } };
}

function make(
  { batch }: { batch: { displayName: string; inputConfig: { fileName: string } } },
  batches: PlayedBatches,
): object {
  const file = batch.inputConfig.fileName.replace("files/", "");
  const lines = batches.linesOf(file) as { key: string; request: object }[];
  const told = lines.map(({ key, request }) => ({ id: key, body: request }));
  return shown(batches.make(told, batch.displayName));
}

const states = {
  ...{ running: "RUNNING", moving: "MOVING", ended: "SUCCEEDED", cancelled: "CANCELLED" },
} as const;

function shown({ id, mark, made, state }: PlayedBatch): object {
  const name = `batches/${id}`;
  const output = state === "ended" && { output: { responsesFile: `files/${id}` } };
  const about = { name, displayName: mark, createTime: made.toISOString() };
  return { name, metadata: { ...about, state: `BATCH_STATE_${states[state]}`, ...output } };
}

function outputOf(batch: PlayedBatch | undefined): string {
  const lines = batch?.outcomes.map(({ id, outcome }) => ({ key: id, ...resultOf(outcome) })) ?? [];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** With the codes of google.rpc. */
function resultOf(outcome: PlayedOutcome): object {
  if (outcome === "cancelled") return { error: { code: 1, message: "It was cancelled." } };
  if (outcome === "expired") return { error: { code: 4, message: "It came too late." } };
  if ("answer" in outcome) return { response: answerOf(outcome.answer) };
  const { status, message } = outcome.failure;
  return { error: { code: status === 400 ? 3 : 13, message } };
}

function answerOf({ model, texts, inputTokens, outputTokens }: PlayedAnswer): object {
  const content = { role: "model", parts: texts.map((text) => ({ text })) };
  return {
    ...{ responseId: "r1", modelVersion: model },
    candidates: [{ content, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: inputTokens, candidatesTokenCount: outputTokens },
  };
}

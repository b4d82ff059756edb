import {
  type BatchLine,
  type BatchResult,
  BatchUploads,
  type CanonicalRequest,
  type ModeBatch,
  type RunContext,
  readResultLines,
} from "@acc/dual-mode/provider";
import type { GeminiOptions } from "../../options.ts";
import { toBody, withOwnMembers } from "../body.ts";
import { checkModel } from "../route.ts";
import { ask } from "./ask.ts";
import { findBatch } from "./find-batch.ts";
import { jsonOf } from "./json-of.ts";
import { look, toOperation } from "./operation.ts";
import { readResult, refusalOf } from "./result.ts";
import { upload } from "./upload.ts";

/** Largest size of a batch's results, in bytes. */
const mostBytes = 2 * 1024 ** 3;

/** A line as `body` returns it: the model becomes part of the URL. */
interface Line {
  readonly model: string;
  readonly request: object;
}

/**
 * The Batch API, at half the price: a file of at most 2 GB, for one model; no limit of requests is
 * documented. Always uses a file, because its lines have keys: requests in the body of a batch are
 * answered in any order (googleapis/python-genai#1909), and their metadata is not always returned
 * (googleapis/python-genai#2008, googleapis/js-genai#1191).
 * https://ai.google.dev/gemini-api/docs/batch-api
 */
export const batch: ModeBatch<GeminiOptions> = {
  most: { lines: 100_000, bytes: 1_900_000_000 },
  priceShare: 0.5,
  group: ({ model }) => model,
  body,
  submit,
  discard: (lines, context) => uploads.discard(lines, context),
  find: findBatch,
  hasEnded,
  results,
  cancel,
  read: readResult,
};

/**
 * Makes the body for a request without the packages, which convert the system's text to a content.
 */
function body(request: CanonicalRequest): Line {
  const { model } = request;
  checkModel(model);
  const { systemInstruction: text, ...rest } = withOwnMembers(toBody(request), request);
  const systemInstruction = typeof text === "string" ? { role: "user", parts: [{ text }] } : text;
  return {
    model: model.includes("/") ? model : `models/${model}`,
    request: { ...rest, ...(systemInstruction !== undefined && { systemInstruction }) },
  };
}

/** Uploaded files, which contain the requests and expire after 48 hours. */
const uploads = new BatchUploads<GeminiOptions>((file, context) =>
  ask(context, `/v1beta/${file}`, { method: "DELETE" }),
);

async function submit(
  lines: readonly BatchLine[],
  mark: string,
  context: RunContext<GeminiOptions>,
): Promise<string> {
  const given = lines.map(({ id, body }) => ({ id, ...(body as Line) }));
  const text = given.map(({ id, request }) => `${JSON.stringify({ key: id, request })}\n`);
  const fileName = await uploads.of(lines, () => upload(new Blob(text), mark, context));
  const made = await ask(context, `/v1beta/${given[0]?.model}:batchGenerateContent`, {
    method: "POST",
    body: JSON.stringify({ batch: { displayName: mark, inputConfig: { fileName } } }),
  });
  uploads.submitted(lines);
  return toOperation(await jsonOf(made)).name;
}

const ended: ReadonlySet<string> = new Set([
  ...["SUCCEEDED", "PARTIALLY_SUCCEEDED"],
  ...["FAILED", "CANCELLED", "EXPIRED"],
]);

/** Milliseconds to wait for the file of a batch that has succeeded. */
const latestFile = 3_600_000;

/**
 * Whether a batch has ended. One that has succeeded may not have its file yet, even if it is
 * reported as done. If the batch has no time, it is waited for without a limit.
 */
async function hasEnded(
  id: string,
  context: RunContext<GeminiOptions>,
  isGivenUp: boolean,
): Promise<boolean> {
  const { done, state, file, error, changed } = await look(id, context);
  if (!done && !ended.has(state ?? "")) return false;
  if (file !== undefined || error !== undefined || !isAnswered(state)) return true;
  return isGivenUp || Date.now() - changed >= latestFile;
}

/** Cancels a batch, unless it has ended: a second cancellation may be refused. */
async function cancel(id: string, context: RunContext<GeminiOptions>): Promise<void> {
  try {
    await ask(context, `/v1beta/${id}:cancel`, { method: "POST", body: "{}" });
  } catch (refused) {
    context.signal.throwIfAborted();
    const { done, state = "" } = await look(id, context);
    if (!done && !ended.has(state)) throw refused;
  }
}

/** Whether a batch that is done, and has no error, has answers. */
function isAnswered(state = "SUCCEEDED"): boolean {
  return state.endsWith("SUCCEEDED") || !ended.has(state);
}

/** Reads the results from a file, which also a batch that was cancelled too late has. */
async function* results(
  id: string,
  context: RunContext<GeminiOptions>,
): AsyncGenerator<BatchResult> {
  const { state, file, input, error, settled } = await look(id, context);
  let read = 0;
  if (file !== undefined) {
    const path = `/download/v1beta/${file}:download?alt=media`;
    const answer = await ask(context, path, { maxBytes: mostBytes });
    for await (const { id, line } of readResultLines(answer, "key")) {
      read += 1;
      yield { id, result: line };
    }
  }
  if (error !== undefined || !isAnswered(state)) {
    const result = { state, error };
    const refused = await refusalOf(result);
    yield { result, missing: Math.max(0, settled - read), ...(refused && { refused }) };
  }
  if (input !== undefined) await uploads.remove(input, context);
}

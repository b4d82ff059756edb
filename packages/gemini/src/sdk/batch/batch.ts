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

/** Bytes of the results of one batch. */
const mostBytes = 2 * 1024 ** 3;

/** A line as `body` gives it: the model is in the address. */
interface Line {
  readonly model: string;
  readonly request: object;
}

/**
 * The Batch API, at half the price: a file of 2 GB at most, of one model; no number of requests is told.
 * Always a file, for its lines have keys: requests in the body of a batch are answered in any order
 * (googleapis/python-genai#1909), and their metadata is not always given back
 * (googleapis/python-genai#2008, googleapis/js-genai#1191). https://ai.google.dev/gemini-api/docs/batch-api
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

/** The body as it goes without the packages, which make a content of the system's text. */
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

/** They expire after 48 hours, and hold what was asked. */
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

/** Milliseconds for which the file of a batch that has succeeded is waited for. */
const latestFile = 3_600_000;

/**
 * One that has succeeded may not have its file yet, also where it is said to be done. It is waited for
 * without an end where no time of the batch is told.
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

/** What has ended is cancelled no second time: that may be refused. */
async function cancel(id: string, context: RunContext<GeminiOptions>): Promise<void> {
  try {
    await ask(context, `/v1beta/${id}:cancel`, { method: "POST", body: "{}" });
  } catch (refused) {
    context.signal.throwIfAborted();
    const { done, state = "" } = await look(id, context);
    if (!done && !ended.has(state)) throw refused;
  }
}

/** Of one that is done, and tells no error. */
function isAnswered(state = "SUCCEEDED"): boolean {
  return state.endsWith("SUCCEEDED") || !ended.has(state);
}

/** What was answered is in a file, also of a batch that was cancelled too late. */
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

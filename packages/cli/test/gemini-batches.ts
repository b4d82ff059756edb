import type { ServerResponse } from "node:http";
import { type RawRequest, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import type { VendorPlays } from "./vendor-plays.ts";

interface Line {
  readonly key: string;
  readonly request: { contents: { parts: { text: string }[] }[] } & Record<string, unknown>;
}

interface Batch {
  readonly id: string;
  readonly model: string;
  readonly displayName: string;
  readonly fileName: string;
  readonly made: number;
  readonly lines: readonly Line[];
  looks: number;
  cancelled: boolean;
}

/** What a test has the vendor do. */
export interface Plays extends VendorPlays {
  /** What its states begin with. @default BATCH_STATE_ */
  words?: string;
  /** How a batch ends. @default SUCCEEDED */
  state?: string | undefined;
  /** Why a batch has failed. */
  error?: ((batch: Batch) => object | undefined) | undefined;
  /** Why no batch is made: the body of a refusal, whose code is its status. */
  unmade?: (() => { readonly error: { readonly code: number } } | undefined) | undefined;
  /** What stands beside the key of a result. @default an answer */
  result?: ((prompt: string) => object | undefined) | undefined;
  /** What is sent for results. @default each once */
  results?: ((lines: string[]) => string[]) | undefined;
  /** How many lines of a batch were answered that did not succeed; they stand in its file. */
  answered?: number;
  /** Looks at a batch that has ended until it has its file. */
  fileAfter?: number;
  /** When a batch was changed last, in milliseconds since the epoch, or NaN. @default when it was made */
  changed?: number;
  /** Said to be done before it has its file, with its state or without one. */
  early?: "with a state" | "without a state" | undefined;
  /** The address where an upload goes on. @default the vendor's own */
  elsewhere?: string;
}

interface Vendor {
  readonly batches: Batch[];
  readonly files: Map<string, string>;
  /** Names of all that were uploaded. */
  readonly uploads: string[];
  readonly plays: Plays;
  readonly plain: string[];
}

export type GeminiBatches = Awaited<ReturnType<typeof startGeminiBatches>>;

/**
 * Gemini's files and batches on loopback, as their references have them:
 * https://ai.google.dev/api/batch-api and https://ai.google.dev/api/files
 */
export async function startGeminiBatches() {
  const plays: Plays = { looks: 1 };
  const vendor: Vendor = { batches: [], files: new Map(), uploads: [], plays, plain: [] };
  const server = await startLoopbackServer((response, request) => {
    if (request.headers["x-goog-api-key"] === undefined) return void json(response, {}, 403);
    serve(vendor, request, response);
  });
  const { batches, files, uploads, plain } = vendor;
  return {
    ...{ batches, plays, files, uploads },
    /** Bodies of calls that went by no batch. */
    plain,
    url: server.url,
    lines: () => batches.flatMap(({ lines }) => lines),
    prompts: () => batches.flatMap(({ lines }) => lines.map(promptOf)),
    close: () => server.close(),
  };
}

function serve(vendor: Vendor, request: RawRequest, response: ServerResponse): void {
  const { body } = request;
  const { batches, files, plays, plain } = vendor;
  const { pathname: path, searchParams } = new URL(request.path, "http://vendor");
  if (path.startsWith("/upload/")) return void upload(vendor, request, response);
  if (path.startsWith("/download/")) {
    plays.sending?.();
    const batch = batches.find(({ id }) => path === `/download/v1beta/files/batch-${id}:download`);
    const lines = batch?.lines.slice(0, plays.answered).map((each) => resultOf(each, plays)) ?? [];
    // The order is nobody's promise.
    const sent = plays.results?.(lines) ?? lines.reverse();
    const text = sent.map((line) => `${line}\n`).join("");
    return void response.end(plays.file?.(text) ?? text);
  }
  if (request.method === "DELETE") {
    if (plays.kept !== undefined) return void json(response, {}, plays.kept);
    return void json(response, {}, files.delete(path.replace("/v1beta/", "")) ? 200 : 404);
  }
  const [, model, action] = /^\/v1beta\/models\/([^:]+):(\w+)$/.exec(path) ?? [];
  if (action === "batchGenerateContent")
    return void create(vendor, response, JSON.parse(body), model);
  if (action !== undefined) {
    plain.push(body);
    response.writeHead(200, { "content-type": "text/event-stream" });
    return void response.end(`data: ${JSON.stringify(answer(JSON.parse(body)))}\r\n\r\n`);
  }
  if (path === "/v1beta/batches") return void list(vendor, response, searchParams.get("pageToken"));
  const [, id, verb] = /^\/v1beta\/batches\/(\w+)(?::(\w+))?$/.exec(path) ?? [];
  const batch = batches.find((each) => each.id === id);
  if (batch === undefined) {
    const error = { code: 404, message: "Requested entity was not found.", status: "NOT_FOUND" };
    return void json(response, { error }, 404);
  }
  if (verb === "cancel" && plays.uncancelled?.(batch.id)) {
    const error = { code: 400, message: "It has ended.", status: "FAILED_PRECONDITION" };
    return void json(response, { error }, 400);
  }
  if (verb === "cancel") {
    batch.cancelled = true;
    return void json(response, {});
  }
  batch.looks += 1;
  plays.looking?.();
  json(response, shown(batch, plays));
}

/** In two requests: the second goes where the first is told. */
function upload(
  { files, uploads, plays }: Vendor,
  request: RawRequest,
  response: ServerResponse,
): void {
  if (request.headers["x-goog-upload-command"] === "start") {
    const origin = plays.elsewhere ?? `http://${request.headers.host}`;
    const url = `${origin}/upload/v1beta/files?upload_id=u${files.size}&upload_protocol=resumable`;
    response.writeHead(200, { "x-goog-upload-url": url, "x-goog-upload-status": "active" });
    return void response.end();
  }
  const name = `files/f${uploads.length + 1}`;
  uploads.push(name);
  files.set(name, request.body);
  json(response, { file: { name, mimeType: request.headers["content-type"], state: "ACTIVE" } });
}

function create(
  { batches, files, plays }: Vendor,
  response: ServerResponse,
  { batch }: { batch: { displayName: string; inputConfig: { fileName: string } } },
  model = "",
): void {
  if (plays.submitting?.()) return;
  const unmade = plays.unmade?.();
  if (unmade !== undefined) return void json(response, unmade, unmade.error.code);
  const { fileName } = batch.inputConfig;
  const lines = (files.get(fileName) ?? "").trim().split("\n");
  batches.push({
    fileName,
    ...{ id: `b${batches.length + 1}`, model, displayName: batch.displayName, made: Date.now() },
    ...{ lines: lines.map((line) => JSON.parse(line)), looks: 0, cancelled: false },
  });
  if (plays.submitted?.()) return;
  json(response, shown(batches.at(-1) as Batch, plays));
}

/** The newest come first; an empty list has no member for it. */
function list({ batches, plays }: Vendor, response: ServerResponse, token: string | null): void {
  const begin = plays.stuck ? 0 : Number(token ?? 0);
  const end = begin + (plays.page ?? 100);
  const all = [...batches].reverse();
  const operations = all.slice(begin, end).map((each) => shown(each, plays));
  json(response, {
    ...(operations.length > 0 && { operations }),
    ...(all.length > end && { nextPageToken: String(end) }),
  });
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function shown(batch: Batch, plays: Plays): object {
  const { id, model, displayName, fileName, made, looks, cancelled, lines } = batch;
  const isOver = cancelled || looks >= plays.looks;
  const error = isOver ? plays.error?.(batch) : undefined;
  const end = error ? "FAILED" : (plays.state ?? "SUCCEEDED");
  const state = cancelled && looks < plays.looks ? "CANCELLED" : end;
  const succeeded = state.endsWith("SUCCEEDED") ? lines.length : (plays.answered ?? 0);
  const hasFile = isOver && succeeded > 0 && looks >= (plays.fileAfter ?? 0);
  const output = { responsesFile: `files/batch-${id}` };
  const time = new Date(made).toISOString();
  const told = `${plays.words ?? "BATCH_STATE_"}${isOver ? state : "RUNNING"}`;
  const isEarly = isOver && !hasFile && plays.early !== undefined;
  const metadata = {
    "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
    ...{ model: `models/${model}`, displayName, createTime: time },
    ...(!Number.isNaN(plays.changed) && {
      updateTime: new Date(plays.changed ?? made).toISOString(),
    }),
    inputConfig: { fileName },
    batchStats: {
      requestCount: String(lines.length),
      ...(isOver && { successfulRequestCount: String(succeeded) }),
    },
    ...(!(isEarly && plays.early === "without a state") && { state: told }),
    name: `batches/${id}`,
    ...(hasFile && { output }),
  };
  return {
    ...{ name: `batches/${id}`, metadata },
    ...(isEarly && { done: true }),
    ...(hasFile && { done: true, response: output }),
    ...(error && { done: true, error }),
  };
}

function resultOf({ key, request }: Line, plays: Plays): string {
  const prompt = promptOf({ request });
  return JSON.stringify({ key, ...(plays.result?.(prompt) ?? { response: answer(request) }) });
}

function answer(request: Line["request"]): object {
  const parts = [{ text: `re: ${promptOf({ request })}` }];
  return {
    candidates: [{ content: { role: "model", parts }, finishReason: "STOP", index: 0 }],
    usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 50, totalTokenCount: 150 },
    ...{ modelVersion: "gemini-2.5-flash", responseId: "r1" },
  };
}

function promptOf({ request }: Pick<Line, "request">): string {
  return request.contents.at(-1)?.parts[0]?.text ?? "";
}

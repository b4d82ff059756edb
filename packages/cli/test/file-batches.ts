import type { ServerResponse } from "node:http";
import { type RawRequest, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import type { VendorPlays } from "./vendor-plays.ts";

interface Line {
  readonly custom_id: string;
  readonly url: string;
  readonly body: { messages: { content: string }[]; model: string };
}

interface Batch {
  readonly id: string;
  readonly asked: { input_file_id: string; endpoint: string; metadata: object };
  readonly lines: readonly Line[];
  looks: number;
  cancelled: boolean;
}

/** What a test has the vendor do. */
export interface Plays extends VendorPlays {
  status: string;
  /** What is told of one that has not ended. @default in_progress */
  running?: string;
  /** Looks at a batch that has completed until it tells its files. */
  filesAfter?: number;
  errors?: object | undefined;
  /** Why a whole batch was refused. */
  refused?: ((batch: { id: string; lines: readonly unknown[] }) => object | undefined) | undefined;
  /** Why no batch is made. */
  unmade?: { readonly status: number; readonly error: object } | undefined;
  /** The line of the error file that came of a request; undefined: it was answered. */
  error?: ((prompt: string) => object | undefined) | undefined;
}

interface Vendor {
  readonly batches: Batch[];
  readonly files: Map<string, string>;
  /** Names of all that were uploaded. */
  readonly uploads: string[];
  readonly plays: Plays;
  readonly plain: string[];
}

export type FileBatches = Awaited<ReturnType<typeof startFileBatches>>;

/**
 * Files and batches on loopback, as the references of OpenAI and Groq have them:
 * https://platform.openai.com/docs/api-reference/batch and https://console.groq.com/docs/batch
 */
export async function startFileBatches() {
  const plays: Plays = { status: "completed", looks: 1 };
  const vendor: Vendor = { batches: [], files: new Map(), uploads: [], plays, plain: [] };
  const server = await startLoopbackServer((response, request) => serve(vendor, request, response));
  const { batches, files, uploads, plain } = vendor;
  const origin = server.url;
  return {
    ...{ batches, plays, origin, files, uploads },
    /** Bodies of calls that went by no batch. */
    plain,
    url: `${origin}/v1`,
    lines: () => batches.flatMap(({ lines }) => lines),
    prompts: () => batches.flatMap(({ lines }) => lines.map(promptOf)),
    close: () => server.close(),
  };
}

function serve(vendor: Vendor, request: RawRequest, response: ServerResponse): void {
  const { body } = request;
  const { batches, files, uploads, plays, plain } = vendor;
  const { pathname: path, searchParams } = new URL(request.path, "http://vendor");
  const [, room, id, what] = path.replace(/^(\/openai)?\/v1/, "").split("/");
  const isPost = request.method === "POST";
  if (room === "chat") {
    plain.push(body);
    return void json(response, completion(JSON.parse(body)));
  }
  if (room === "files" && isPost) {
    const name = `file-${uploads.length + 1}`;
    uploads.push(name);
    files.set(name, body.split("\r\n").find((each) => each.startsWith('{"custom_id"')) ?? "");
    return void json(response, { id: name, object: "file" });
  }
  if (room === "files" && request.method === "DELETE") {
    if (plays.kept !== undefined) return void json(response, {}, plays.kept);
    const deleted = files.delete(id ?? "");
    return void json(response, { id, object: "file", deleted }, deleted ? 200 : 404);
  }
  if (room === "files") {
    plays.sending?.();
    const batch = batches.find((each) => id?.endsWith(each.id)) as Batch;
    const isOutput = id?.startsWith("out");
    const text = isOutput ? outputOf(batch, plays) : errorsOf(batch, plays);
    return void response.end(plays.file?.(text) ?? text);
  }
  if (isPost && id === undefined) return void create(vendor, response, JSON.parse(body));
  if (id === undefined) {
    return void json(response, listed(batches, plays, searchParams.get("after")));
  }
  const batch = batches.find((each) => each.id === id) as Batch;
  if (what === "cancel" && plays.uncancelled?.(batch.id)) {
    return void json(response, { error: { message: "It cannot be cancelled now." } }, 409);
  }
  if (what === "cancel") batch.cancelled = true;
  else {
    batch.looks += 1;
    plays.looking?.();
  }
  json(response, shown(batch, plays));
}

/** The newest first, behind one that is named. */
function listed(batches: readonly Batch[], plays: Plays, after: string | null): object {
  const all = [...batches].reverse();
  const begin = plays.stuck ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const end = begin + (plays.page ?? 100);
  const full = all.slice(begin, end).map((each) => shown(each, plays));
  const data = plays.unnamed ? full.map((each) => ({ ...each, id: undefined })) : full;
  return { object: "list", data, has_more: plays.more || end < all.length };
}

function create(
  { batches, files, plays }: Vendor,
  response: ServerResponse,
  asked: Batch["asked"],
): void {
  if (plays.submitting?.()) return;
  if (plays.unmade) return void json(response, { error: plays.unmade.error }, plays.unmade.status);
  const lines = (files.get(asked.input_file_id) ?? "").trim().split("\n");
  const id = `batch_${batches.length + 1}`;
  const all = lines.map((line) => JSON.parse(line));
  batches.push({ id, asked, looks: 0, cancelled: false, lines: all });
  if (plays.submitted?.()) return;
  json(response, shown(batches.at(-1) as Batch, plays));
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function isOver({ looks, cancelled }: Batch, plays: Plays): boolean {
  return cancelled || looks >= plays.looks;
}

/** A file that holds nothing is none: its id is absent, null or empty (ProjectTech4DevAI/kaapi-backend#723). */
function shown(batch: Batch, plays: Plays): object {
  const { id, asked, cancelled } = batch;
  const over = isOver(batch, plays);
  const refused = plays.refused?.(batch);
  if (over && refused !== undefined) {
    const errors = { object: "list", data: [refused] };
    const { input_file_id } = asked;
    return { id, object: "batch", created_at: now(), status: "failed", errors, input_file_id };
  }
  const told = over && batch.looks >= (plays.filesAfter ?? 0);
  const status = cancelled ? "cancelled" : plays.status;
  return {
    ...{ id, object: "batch", created_at: now(), metadata: asked.metadata },
    input_file_id: asked.input_file_id,
    status: over ? status : (plays.running ?? "in_progress"),
    ...(over && plays.errors && { errors: plays.errors }),
    request_counts: countsOf(batch, plays),
    output_file_id: told && outputOf(batch, plays) !== "" ? `out-${id}` : null,
    error_file_id: told && errorsOf(batch, plays) !== "" ? `err-${id}` : "",
  };
}

function countsOf({ lines }: Batch, { error, errors }: Plays): object {
  if (errors !== undefined) return { total: lines.length, completed: 0, failed: 0 };
  const failed = lines.filter((line) => error?.(promptOf(line)) !== undefined).length;
  return { total: lines.length, completed: lines.length - failed, failed };
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

function outputOf({ lines }: Batch, { error, errors }: Plays): string {
  if (errors !== undefined) return "";
  const done = lines.filter((line) => error?.(promptOf(line)) === undefined).reverse();
  return done.map((line) => textOf(line, responseOf(200, completion(line.body)))).join("");
}

function errorsOf({ lines }: Batch, { error }: Plays): string {
  return lines
    .map((line) => ({ line, told: error?.(promptOf(line)) }))
    .filter(({ told }) => told !== undefined && Object.keys(told).length > 0)
    .map(({ line, told }) => textOf(line, told as object))
    .join("");
}

export function responseOf(status_code: number, body: object): object {
  return { response: { status_code, request_id: "req_1", body }, error: null };
}

function textOf({ custom_id }: Line, told: object): string {
  return `${JSON.stringify({ id: "batch_req_1", custom_id, ...told })}\n`;
}

function completion({ messages, model }: Line["body"]): object {
  const message = { role: "assistant", content: `re: ${messages.at(-1)?.content}` };
  return {
    ...{ id: "c", object: "chat.completion", created: 1, model },
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
  };
}

function promptOf({ body }: Line): string {
  return body.messages.at(-1)?.content ?? "";
}

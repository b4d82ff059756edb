import type { ServerResponse } from "node:http";
import { type RawRequest, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import type { VendorPlays } from "./vendor-plays.ts";

interface Batch {
  readonly id: string;
  readonly made: number;
  readonly requests: readonly { custom_id: string; params: Members }[];
  looks: number;
  cancelled: boolean;
}

type Members = { messages: { content: unknown }[]; model: string } & Record<string, unknown>;

/** What a test has the vendor do. */
export interface Plays extends VendorPlays {
  /** The status with which no batch is made. */
  refused?: () => number | undefined;
  /** The status that is told though a batch is made. */
  conflict?: number | undefined;
  /** Milliseconds until a batch that was made is in the list. */
  listedAfter?: number;
  /** What calls are refused with that go by no batch. */
  refusing?: object | undefined;
  /** What came of a request. @default it succeeded */
  result?: ((prompt: string) => object | undefined) | undefined;
  /** What is sent for results. @default each once */
  lines?: ((lines: string[]) => string[]) | undefined;
  /** A batch is asked of; true: the vendor says that it has none of that id. */
  unknown?: ((id: string) => boolean) | undefined;
  /** What is sent is no list of batches. */
  unlisted?: boolean;
  /** Half of the results are sent; the others are when it resolves, and never if it rejects. */
  halfway?: (() => Promise<void>) | undefined;
}

export type MessageBatches = Awaited<ReturnType<typeof startMessageBatches>>;

/**
 * Anthropic's Message Batches on loopback, as their reference has them:
 * https://platform.claude.com/docs/en/api/creating-message-batches
 */
export async function startMessageBatches() {
  const batches: Batch[] = [];
  const plays: Plays = { looks: 1 };
  const plain: string[] = [];
  const server = await startLoopbackServer((response, request) =>
    serve({ request, response, batches, plays, plain }),
  );
  return {
    batches,
    plays,
    /** What was received, oldest first. */
    requests: server.requests,
    /** Bodies of calls that went by no batch. */
    plain,
    url: server.url,
    /** Every prompt that was submitted, in its order. */
    prompts: () =>
      batches.flatMap(({ requests }) => requests.map(({ params }) => promptOf(params))),
    close: () => server.close(),
  };
}

interface Asked {
  readonly request: RawRequest;
  readonly response: ServerResponse;
  readonly batches: Batch[];
  readonly plays: Plays;
  readonly plain: string[];
}

function serve({ request, response, batches, plays, plain }: Asked): void {
  const { body } = request;
  const { pathname: path, searchParams } = new URL(request.path, "http://vendor");
  const json = (value: object, status = 200) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (path === "/v1/messages") {
    plain.push(body);
    if (plays.refusing) return void json({ type: "error", error: plays.refusing }, 400);
    return void json(message(JSON.parse(body)));
  }
  if (path === "/v1/messages/batches" && request.method === "POST") {
    if (plays.submitting?.()) return;
    const refused = plays.refused?.();
    if (refused !== undefined) {
      const error = { type: "rate_limit_error", message: "Too many batches are being processed." };
      return void json({ type: "error", error }, refused);
    }
    const { requests } = JSON.parse(body);
    const id = `msgbatch_${batches.length + 1}`;
    batches.push({ id, made: Date.now(), requests, looks: 0, cancelled: false });
    if (plays.submitted?.()) return;
    if (plays.conflict) {
      const error = { type: "api_error", message: "There was a conflict." };
      return void json({ type: "error", error }, plays.conflict);
    }
    return void json(shown(batches.at(-1) as Batch, plays));
  }
  if (path === "/v1/messages/batches" && plays.unlisted) return void json({ type: "other" });
  if (path === "/v1/messages/batches") {
    for (const each of batches) each.looks += 1;
    const listed = batches.filter(({ made }) => Date.now() - made >= (plays.listedAfter ?? 0));
    return void json(pageOf(listed.reverse(), plays, searchParams.get("after_id")));
  }
  const [, id, what] = /^\/v1\/messages\/batches\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const batch = batches.find((each) => each.id === id);
  if (batch === undefined || plays.unknown?.(batch.id)) {
    const error = { type: "not_found_error", message: `No batch ${id}` };
    return void json({ type: "error", error }, 404);
  }
  if (what === "results") {
    plays.sending?.();
    const lines = batch.requests.map(({ custom_id, params }) =>
      JSON.stringify({ custom_id, result: resultOf(params, batch, plays) }),
    );
    // "Results are not guaranteed to be in the same order as requests."
    const sent = plays.lines?.(lines) ?? lines.reverse();
    response.writeHead(200, { "content-type": "application/x-jsonl" });
    return void sendLines(response, sent, plays);
  }
  if (what === "cancel" && plays.uncancelled?.(batch.id)) {
    const error = { type: "invalid_request_error", message: "It cannot be cancelled now." };
    return void json({ type: "error", error }, 409);
  }
  if (what === "cancel") batch.cancelled = true;
  else {
    batch.looks += 1;
    plays.looking?.();
  }
  json(shown(batch, plays));
}

function pageOf(all: readonly Batch[], plays: Plays, after: string | null): object {
  const begin = plays.stuck ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const end = begin + (plays.page ?? 100);
  const full = all.slice(begin, end).map((each) => shown(each, plays));
  const data = plays.unnamed ? full.map(({ id: _, ...rest }) => rest) : full;
  const ids = plays.unnamed ? [] : full.map(({ id }) => id);
  return {
    data,
    has_more: plays.more || end < all.length,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  };
}

async function sendLines(
  response: ServerResponse,
  lines: readonly string[],
  { halfway, file }: Plays,
): Promise<void> {
  const half = Math.ceil(lines.length / 2);
  const textOf = (some: readonly string[]) => {
    const text = some.map((line) => `${line}\n`).join("");
    return file?.(text) ?? text;
  };
  if (halfway !== undefined) {
    response.write(textOf(lines.slice(0, half)));
    const isCut = await halfway().then(
      () => false,
      () => true,
    );
    if (isCut) return void response.destroy();
  }
  response.end(textOf(halfway === undefined ? lines : lines.slice(half)));
}

function hasEnded({ looks, cancelled }: Batch, plays: Plays): boolean {
  return cancelled || looks >= plays.looks;
}

function shown(batch: Batch, plays: Plays): Record<string, unknown> {
  const ended = hasEnded(batch, plays);
  const none = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  const made = new Date(batch.made).toISOString();
  return {
    ...{ id: batch.id, type: "message_batch", created_at: made, expires_at: made },
    processing_status: ended ? "ended" : "in_progress",
    request_counts: { ...none, [ended ? "succeeded" : "processing"]: batch.requests.length },
    ...{ ended_at: ended ? made : null, archived_at: null, cancel_initiated_at: null },
    // The key must go to none but the server that was asked.
    results_url: ended ? "http://127.0.0.1:9/elsewhere" : null,
  };
}

function resultOf(params: Members, { cancelled, looks }: Batch, plays: Plays): object {
  const given = plays.result?.(promptOf(params));
  if (given !== undefined) return given;
  if (cancelled && looks < plays.looks) return { type: "canceled" };
  return { type: "succeeded", message: message(params) };
}

function message(params: Members): object {
  return {
    ...{ id: "msg_1", type: "message", role: "assistant", model: params.model },
    content: [{ type: "text", text: `re: ${promptOf(params)}` }],
    ...{ stop_reason: "end_turn", stop_sequence: null },
    usage: { input_tokens: 100, output_tokens: 50 },
  };
}

function promptOf({ messages }: Members): string {
  const content = messages.at(-1)?.content;
  return typeof content === "string" ? content : ((content as { text: string }[])[0]?.text ?? "");
}

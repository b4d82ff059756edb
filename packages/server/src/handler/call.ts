import { randomUUID } from "node:crypto";
import type { Caller, RequestInfo, Reservation } from "../contract/access.ts";
import type { CallRecord } from "../contract/call-record.ts";
import type { Failure, Wire, WireCall } from "../wires/wire.ts";
import { addNames, addTrace, waitHeaders } from "./answer-headers.ts";
import { CallTrace } from "./call-trace.ts";
import { lastSaid } from "./last-said.ts";
import type { ServerParts } from "./server-parts.ts";

/** Proxies close connections that are silent for a minute. */
const defaultSilence = 15_000;

/** One call from its request to the record of its end. */
export class Call {
  readonly id: string = randomUUID();
  readonly at: number = Date.now();
  readonly wire: Wire;
  readonly info: RequestInfo;
  readonly trace: CallTrace = new CallTrace();
  /** Aborts the upstream call if the client has disconnected or the server is being closed. */
  readonly control: AbortController = new AbortController();
  caller: Caller | undefined;
  asked: WireCall | undefined;
  reservation: Reservation | undefined;
  readonly #parts: ServerParts;
  readonly #started: number = performance.now();
  #firstMs: number | undefined;
  #isEnded = false;
  #unfollow: () => void = () => {};
  #turn: NodeJS.Immediate | undefined;

  constructor(parts: ServerParts, wire: Wire, info: RequestInfo) {
    this.#parts = parts;
    this.wire = wire;
    this.info = info;
    parts.gate.enter(this.control);
  }

  /** Milliseconds of silence after which a keep-alive is sent on a stream. */
  get silence(): number {
    return this.#parts.options.keepAlive ?? defaultSilence;
  }

  get created(): number {
    return Math.floor(this.at / 1_000);
  }

  /**
   * Aborts the call if its client disconnects. It listens from the next turn of the event loop on,
   * because calls that the cache answers at once have ended by then.
   */
  follow(request: Pick<Request, "signal">): void {
    this.#turn = setImmediate(() => {
      const listen = this.info.whenLeft ?? ofSignal(request);
      this.#unfollow = listen(() => this.control.abort(new Error("The client left.")));
    });
  }

  first(): void {
    this.#firstMs ??= this.#elapsed();
  }

  headers(): Record<string, string> {
    const { ignored = [] } = this.asked ?? {};
    const headers: Record<string, string> = { "x-request-id": this.id };
    Object.assign(headers, this.wire.headers(this.id));
    addTrace(headers, this.trace);
    addNames(headers, "x-acc-ignored", ignored);
    return headers;
  }

  /**
   * Answers with a failure before anything of an answer was sent. What could be retried has been.
   */
  refuse(failure: Failure): Response {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "x-request-id": this.id,
      ...this.wire.headers(this.id),
      ...waitHeaders(failure.retryAfter),
    };
    if (this.trace.attempts > 0) {
      addTrace(headers, this.trace);
      headers["x-should-retry"] = "false";
    }
    this.end(failure);
    const body = JSON.stringify(this.wire.failure(failure, this.id));
    return new Response(body, { status: this.wire.status(failure), headers });
  }

  /** Ends the call, once and however it went. */
  end(failure?: Failure): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearImmediate(this.#turn);
    this.#unfollow();
    if (this.reservation === undefined) this.#parts.gate.leave(this.control);
    else void this.#settle(failure).finally(() => this.#parts.gate.leave(this.control));
    if (this.asked === undefined) return;
    const record = this.#record(this.asked, failure);
    this.#parts.metrics.count(record);
    this.#parts.options.onCall?.(record);
  }

  async #settle(failure: Failure | undefined): Promise<void> {
    const { provider, model, reply, cached, joined, lost } = this.trace;
    // The usage reported for an answer that did not end may not be all that it cost.
    const usage = failure === undefined ? this.trace.usage : undefined;
    try {
      await this.reservation?.settle({
        ...(provider !== undefined && { provider }),
        ...(model !== undefined && { model }),
        ...(usage !== undefined && { usage }),
        ...(reply?.cost !== undefined && { costUsd: reply.cost.amount }),
        cached: cached || joined,
        ...(lost.length > 0 && { lost }),
        ...(failure !== undefined && this.#isUnpaid(failure) && { failed: true }),
      });
    } catch {
      // What is not settled stays reserved: a budget fails closed.
    }
  }

  /**
   * Whether the failed call cost nothing. Without an attempt no model has worked; once a piece of
   * the answer has arrived, one has.
   */
  #isUnpaid({ unpaid = false }: Failure): boolean {
    return this.trace.attempts === 0 || (unpaid && this.#firstMs === undefined);
  }

  #record(asked: WireCall, failure: Failure | undefined): CallRecord {
    const { provider, model, mode, usage, reply, cached, joined, warm, attempts } = this.trace;
    const { caller } = this;
    const prompt = this.#parts.options.keepPrompts ? lastSaid(asked.request) : undefined;
    const record: { -readonly [Member in keyof CallRecord]: CallRecord[Member] } = {
      id: this.id,
      at: this.at,
      wire: this.wire.name,
      caller: caller?.kind === "key" ? caller.name : "owner",
      asked: asked.model,
      cached,
      fallback: reply?.fallback ?? false,
      attempts: cached ? 0 : attempts,
      ms: this.#elapsed(),
      status: failure === undefined ? 200 : this.wire.status(failure),
    };
    if (provider !== undefined) record.provider = provider;
    if (model !== undefined) record.model = model;
    if (mode !== undefined) record.mode = mode;
    if (joined) record.joined = true;
    if (warm) record.warm = true;
    if (this.#firstMs !== undefined) record.firstMs = this.#firstMs;
    if (usage !== undefined) record.usage = usage;
    if (reply?.cost !== undefined) record.costUsd = reply.cost.amount;
    if (failure !== undefined) record.code = failure.code;
    if (prompt !== undefined) record.prompt = prompt;
    return record;
  }

  #elapsed(): number {
    return Math.round((performance.now() - this.#started) * 100) / 100;
  }
}

/**
 * Listens to a request's signal. The listener has to be removed: Node.js holds a request's signal
 * until the request is gone, and the listener would keep the request forever.
 */
function ofSignal(request: Pick<Request, "signal">): NonNullable<RequestInfo["whenLeft"]> {
  return (leave) => {
    // Servers create a request's signal only when it is read.
    const { signal } = request;
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
    return () => signal.removeEventListener("abort", leave);
  };
}

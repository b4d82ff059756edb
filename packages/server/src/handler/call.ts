import { randomUUID } from "node:crypto";
import type { Caller, RequestInfo, Reservation } from "../contract/access.ts";
import type { CallRecord } from "../contract/call-record.ts";
import type { Failure, Wire, WireCall } from "../wires/wire.ts";
import { addTrace, waitHeaders } from "./answer-headers.ts";
import { CallTrace } from "./call-trace.ts";
import { lastSaid } from "./last-said.ts";
import type { ServerParts } from "./server-parts.ts";

/** Proxies cut what is silent for a minute. */
const defaultSilence = 15_000;

/** One call from its request to the record of its end. */
export class Call {
  readonly id: string = randomUUID();
  readonly at: number = Date.now();
  readonly wire: Wire;
  readonly info: RequestInfo;
  readonly trace: CallTrace = new CallTrace();
  /** Ends the call upstream: the client has left, or the server is being closed. */
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

  /** Milliseconds of silence after which a stream is given a sign of life. */
  get silence(): number {
    return this.#parts.options.keepAlive ?? defaultSilence;
  }

  get created(): number {
    return Math.floor(this.at / 1_000);
  }

  /**
   * Ends the call with the request that it came by. It listens from the next turn on, for what the
   * cache has at once is over by then: servers make a request's signal for who asks for it. A listener
   * that stays would keep the request for good: Node.js holds the signals of requests until the
   * requests are gone.
   */
  follow(request: Pick<Request, "signal">): void {
    this.#turn = setImmediate(() => {
      const { signal } = request;
      const leave = () => this.control.abort(signal.reason);
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
      this.#unfollow = () => signal.removeEventListener("abort", leave);
    });
  }

  first(): void {
    this.#firstMs ??= this.#elapsed();
  }

  headers(): Record<string, string> {
    const ignored = this.asked?.ignored ?? [];
    const headers: Record<string, string> = { "x-request-id": this.id };
    Object.assign(headers, this.wire.headers(this.id));
    addTrace(headers, this.trace);
    if (ignored.length > 0) headers["x-acc-ignored"] = ignored.join(", ");
    return headers;
  }

  /** A failure that came before anything of an answer was sent. What could be tried again has been. */
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

  /** The call is over, once and whatever became of it. */
  end(failure?: Failure): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearImmediate(this.#turn);
    this.#unfollow();
    void this.#settle(failure).finally(() => this.#parts.gate.leave(this.control));
    if (this.asked === undefined) return;
    const record = this.#record(this.asked, failure);
    this.#parts.metrics.count(record);
    this.#parts.options.onCall?.(record);
  }

  async #settle(failure: Failure | undefined): Promise<void> {
    const { provider, model, reply, cached, joined, lost } = this.trace;
    // What was told of an answer that did not end is not all that it cost.
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
      // What is not settled stays taken: a budget fails closed.
    }
  }

  /** Once a piece of an answer has come, a model has been at work; without an attempt none has. */
  #isUnpaid({ unpaid = false }: Failure): boolean {
    return this.trace.attempts === 0 || (unpaid && this.#firstMs === undefined);
  }

  #record(asked: WireCall, failure: Failure | undefined): CallRecord {
    const { provider, model, mode, usage, reply, cached, joined, attempts } = this.trace;
    const { caller } = this;
    const prompt = this.#parts.options.keepPrompts ? lastSaid(asked.request) : undefined;
    return {
      id: this.id,
      at: this.at,
      wire: this.wire.name,
      caller: caller?.kind === "key" ? caller.name : "owner",
      asked: asked.model,
      ...(provider !== undefined && { provider }),
      ...(model !== undefined && { model }),
      ...(mode !== undefined && { mode }),
      cached,
      ...(joined && { joined }),
      fallback: reply?.fallback ?? false,
      attempts: cached ? 0 : attempts,
      ms: this.#elapsed(),
      ...(this.#firstMs !== undefined && { firstMs: this.#firstMs }),
      ...(usage !== undefined && { usage }),
      ...(reply?.cost !== undefined && { costUsd: reply.cost.amount }),
      status: failure === undefined ? 200 : this.wire.status(failure),
      ...(failure !== undefined && { code: failure.code }),
      ...(prompt !== undefined && { prompt }),
    };
  }

  #elapsed(): number {
    return Math.round((performance.now() - this.#started) * 100) / 100;
  }
}

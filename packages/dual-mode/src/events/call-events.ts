import { redact } from "@acc/secrets/redact";
import type { CallOptions } from "../contract/call-options.ts";
import type { ClientOptions } from "../contract/client.ts";
import type { EventBody, EventOrigin } from "../contract/client-event.ts";
import type { Reply } from "../contract/reply.ts";
import type { ChatRequest } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import type { CheckedRequest } from "../request/canonical-request.ts";
import { type ChainLeg, newCallId, ofChain } from "./chain-leg.ts";
import type { EventSink } from "./event-sink.ts";

/** What is known of a call before it is checked. */
export interface Given {
  readonly provider: string;
  readonly options: Pick<ClientOptions, "tenant" | "user">;
  readonly input: string | ChatRequest | undefined;
  readonly asked: (CallOptions & ChainLeg) | undefined;
}

/** The events of one call. No event is built if nobody listens. */
export class CallEvents {
  readonly #sink: EventSink;
  readonly #given: Given;
  #origin: EventOrigin | undefined;
  #model: string | undefined;
  /** On the clock of `performance.now()`. */
  #begun = 0;

  constructor(sink: EventSink, given: Given) {
    this.#sink = sink;
    this.#given = given;
  }

  /** Starts the clock of the call. */
  begin(): void {
    this.#begun = performance.now();
  }

  /** Reports that the request has been checked. */
  started({ canonical }: Pick<CheckedRequest, "canonical">): void {
    this.#model = canonical.model;
    this.report({ type: "call-start" });
  }

  report(body: EventBody): void {
    if (!this.#sink.heard(body.type)) return;
    this.#origin ??= originOf(this.#given, this.#model);
    this.#sink.send({ ...this.#origin, ...body });
  }

  replied(reply: Reply, joined = false): Reply {
    if (!this.#sink.heard("reply")) return reply;
    const end = { type: "reply", reply, ms: this.#elapsed() } as const;
    this.report(joined ? { ...end, joined } : end);
    return reply;
  }

  /** Reports the call's failure, and returns the error to throw. */
  failed(thrown: unknown): unknown {
    if (!this.#sink.heard("error")) return thrown;
    const error = DualModeError.is(thrown)
      ? thrown
      : new DualModeError("PROVIDER_FAULT", redact(String(thrown)));
    const next = this.#given.asked?.[ofChain]?.next(error);
    this.report({ type: "error", error, ms: this.#elapsed(), ...(next !== undefined && { next }) });
    return thrown;
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#begun);
  }
}

function originOf(given: Given, model: string | undefined): EventOrigin {
  const { provider, options, input, asked } = given;
  const tenant = asked?.tenant ?? options.tenant;
  const user = asked?.user ?? options.user;
  const metadata = typeof input === "object" ? input?.metadata : undefined;
  return {
    callId: asked?.[ofChain]?.callId() ?? newCallId(),
    provider,
    ...(tenant !== undefined && { tenant }),
    ...(user !== undefined && { user }),
    ...(model !== undefined && { model }),
    ...(metadata !== undefined && { metadata }),
  };
}

import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CallRecord } from "../contract/call-record.ts";

const buckets = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

/**
 * The metrics that Prometheus reads, of this server alone: other metrics of the process are not
 * included.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls = new Counter({
    name: "acc_calls_total",
    help: "Calls that have ended, by how.",
    labelNames: ["wire", "provider", "outcome", "code"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "acc_call_duration_seconds",
    help: "Seconds from a request to the end of its answer.",
    labelNames: ["wire", "provider"],
    buckets,
    registers: [this.#registry],
  });
  readonly #first = new Histogram({
    name: "acc_first_piece_seconds",
    help: "Seconds from a request to the first piece of a streamed answer.",
    labelNames: ["wire", "provider"],
    buckets,
    registers: [this.#registry],
  });
  readonly #tokens = new Counter({
    name: "acc_tokens_total",
    help: "Tokens of answers that were not kept, as vendors count them.",
    labelNames: ["provider", "kind"],
    registers: [this.#registry],
  });
  readonly #cost = new Counter({
    name: "acc_cost_usd_total",
    help: "US dollars that answers cost, where that is known.",
    labelNames: ["provider"],
    registers: [this.#registry],
  });

  /**
   * @param inFlight Calls that have begun and not ended
   * @param isAway Whether what servers share does not answer
   */
  constructor(inFlight: () => number, isAway: () => boolean) {
    new Gauge({
      name: "acc_shared_away",
      help: "1 while the Redis that servers share is away: each goes on by itself.",
      registers: [this.#registry],
      collect() {
        this.set(isAway() ? 1 : 0);
      },
    });
    new Gauge({
      name: "acc_calls_in_flight",
      help: "Calls that have begun and not ended.",
      registers: [this.#registry],
      collect() {
        this.set(inFlight());
      },
    });
  }

  count(call: CallRecord): void {
    const { wire, provider = "", code = "", cached, joined, usage, costUsd } = call;
    const outcome = code !== "" ? "failed" : cached ? "cached" : joined ? "joined" : "answered";
    this.#calls.inc({ wire, provider, outcome, code });
    this.#seconds.observe({ wire, provider }, call.ms / 1_000);
    if (call.firstMs !== undefined) this.#first.observe({ wire, provider }, call.firstMs / 1_000);
    if (cached || joined) return;
    if (usage?.inputTokens) this.#tokens.inc({ provider, kind: "input" }, usage.inputTokens);
    if (usage?.outputTokens) this.#tokens.inc({ provider, kind: "output" }, usage.outputTokens);
    if (costUsd) this.#cost.inc({ provider }, costUsd);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

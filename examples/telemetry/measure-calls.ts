// How long calls take and what they use, by OpenTelemetry's conventions for generative AI.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { PublishedEvent } from "@acc/dual-mode";
import type { Meter } from "@opentelemetry/api";

/** The boundaries that the conventions advise: powers of two from 10 ms, powers of four from one token. */
const seconds = Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power);
const counts = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** Of an event's attributes, those that have few values. */
const dimensions = [
  "gen_ai.operation.name",
  "gen_ai.provider.name",
  "gen_ai.request.model",
  "gen_ai.response.model",
  "error.type",
];

/** Measures every call of this process, until the function that it gives is called. */
export function measureCalls(meter: Meter): () => void {
  const duration = meter.createHistogram("gen_ai.client.operation.duration", {
    description: "GenAI operation duration.",
    unit: "s",
    advice: { explicitBucketBoundaries: seconds },
  });
  const tokens = meter.createHistogram("gen_ai.client.token.usage", {
    description: "Number of input and output tokens used.",
    unit: "{token}",
    advice: { explicitBucketBoundaries: counts },
  });

  const measure = (message: unknown) => {
    const { startTime, endTime, attributes } = message as PublishedEvent;
    // No vendor was asked for what the cache had.
    if (attributes["acc.cached"] === true) return;
    const known = Object.fromEntries(
      dimensions.flatMap((name) => (name in attributes ? [[name, attributes[name]]] : [])),
    );
    duration.record((endTime - startTime) / 1000, known);
    for (const type of ["input", "output"]) {
      const used = attributes[`gen_ai.usage.${type}_tokens`];
      if (typeof used === "number") tokens.record(used, { ...known, "gen_ai.token.type": type });
    }
  };

  for (const channel of ["acc:reply", "acc:error"]) subscribe(channel, measure);
  return () => {
    for (const channel of ["acc:reply", "acc:error"]) unsubscribe(channel, measure);
  };
}

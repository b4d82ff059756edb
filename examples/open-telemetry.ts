// Spans of every call and attempt, exported to the console by the OpenTelemetry SDK.
import { subscribe } from "node:diagnostics_channel";
import { createClaude } from "@acc/claude";
import type { PublishedEvent } from "@acc/dual-mode";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";

const spans = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())],
});
const tracer = spans.getTracer("acc");

for (const [channel, name] of [
  ["acc:attempt", "attempt"],
  ["acc:reply", "chat"],
] as const) {
  subscribe(channel, (message) => {
    const { startTime, endTime, attributes } = message as PublishedEvent;
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime, attributes });
    const error = attributes["error.type"];
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    span.end(endTime);
  });
}

const claude = createClaude();
const reply = await claude.chat("Explain TypeScript decorators in one sentence.");
console.log(reply.text);
await claude.close();
await spans.shutdown();

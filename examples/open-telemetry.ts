// Traces and metrics of every call, exported to the console by the OpenTelemetry SDK.
import { createClaude } from "@acc/claude";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  ConsoleMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { measureCalls } from "./telemetry/measure-calls.ts";
import { traceCalls } from "./telemetry/trace-calls.ts";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const spans = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())],
});
const metrics = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })],
});
const tracer = spans.getTracer("acc");
traceCalls(tracer);
measureCalls(metrics.getMeter("acc"));

// A call hangs under the span that is active where it is made.
const request = tracer.startSpan("GET /explain");
await context.with(trace.setSpan(context.active(), request), async () => {
  const claude = createClaude();
  const question = "Explain TypeScript decorators in one sentence.";
  const messages = [{ role: "user", content: question }] as const;
  const reply = await claude.chat({ messages, metadata: { feature: "explain" } });
  console.log(reply.text);
  await claude.close();
});
request.end();
await Promise.all([spans.shutdown(), metrics.shutdown()]);

import { createClaude } from "@acc/claude";
import { chain } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { measureCalls } from "../examples/telemetry/measure-calls.ts";
import { traceCalls } from "../examples/telemetry/trace-calls.ts";
import { startLoopbackServer } from "../scripts/loopback-server.ts";
import { type MockServer, startMockServer } from "../scripts/mock-server.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("test");
const manager = new AsyncLocalStorageContextManager();
const options = { apiKey: "dummy-key", secrets: false, cache: false, only: "sdk" } as const;

let server: MockServer;
let busy: { url: string; close(): Promise<void> };
let stop = () => {};

beforeAll(async () => {
  context.setGlobalContextManager(manager.enable());
  server = await startMockServer();
  busy = await startLoopbackServer((response) => {
    response.writeHead(529, { "content-type": "application/json", "request-id": "req_busy" });
    response.end(JSON.stringify({ error: { type: "overloaded_error", message: "Overloaded" } }));
  });
});
afterAll(async () => {
  manager.disable();
  await Promise.all([server.close(), busy.close()]);
});
beforeEach(() => exporter.reset());
afterEach(() => stop());

const named = (name: string): ReadableSpan[] =>
  exporter.getFinishedSpans().filter((span) => span.name.startsWith(name));
const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;

describe("the traces of the example", () => {
  it("nest the attempts under their call, and the call under what is active", async () => {
    stop = traceCalls(tracer);
    const above = tracer.startSpan("request");
    await context.with(trace.setSpan(ROOT_CONTEXT, above), async () => {
      await createClaude({ ...options, baseUrl: server.url }).chat("hi");
    });
    const [call] = named("chat");
    const [attempt] = named("attempt");
    expect(call?.name).toBe("chat claude-sonnet-5-5");
    expect(parentOf(call)).toBe(above.spanContext().spanId);
    expect(parentOf(attempt)).toBe(call?.spanContext().spanId);
    expect(call?.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "anthropic",
      "gen_ai.request.model": "claude-sonnet-5-5",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": expect.any(Number),
      "gen_ai.usage.output_tokens": expect.any(Number),
    });
  });

  // strands-agents/harness-sdk#1267, openlit/openlit#1488: tokens and operations counted twice.
  it("count tokens and operations at the call alone", async () => {
    stop = traceCalls(tracer);
    await createClaude({ ...options, baseUrl: server.url }).chat("hi");
    for (const { attributes } of named("attempt")) {
      expect(attributes).toMatchObject({ "gen_ai.provider.name": "anthropic" });
      expect(attributes).not.toHaveProperty("gen_ai.operation.name");
      expect(attributes).not.toHaveProperty("gen_ai.usage.input_tokens");
    }
  });

  // Arize-ai/openinference#3664: a call's retries were in none of its spans.
  it("show each attempt of a call that fails, and its failure", async () => {
    stop = traceCalls(tracer);
    const claude = createClaude({ ...options, baseUrl: busy.url, retry: 1 });
    await claude.chat("hi").catch(() => {});
    const [call] = named("chat");
    expect(call?.status).toMatchObject({ code: 2, message: expect.stringContaining("Overloaded") });
    expect(call?.attributes).toMatchObject({
      "error.type": "OVERLOADED",
      "http.response.status_code": 529,
      "acc.request.id": "req_busy",
    });
    expect(named("attempt").map(({ attributes }) => attributes["error.type"])).toEqual([
      "OVERLOADED",
      "OVERLOADED",
    ]);
    expect(new Set(named("attempt").map(parentOf))).toEqual(new Set([call?.spanContext().spanId]));
  });

  it("take a parent, and give each provider of a chain a span under it", async () => {
    const above = tracer.startSpan("job");
    stop = traceCalls(tracer, { parent: trace.setSpan(ROOT_CONTEXT, above) });
    const first = createClaude({ ...options, baseUrl: busy.url, retry: 0 });
    await chain([first, createGroq({ ...options, baseUrl: server.url })]).chat("hi");
    const calls = named("chat");
    expect(calls.map(({ attributes }) => attributes["gen_ai.provider.name"])).toEqual([
      "anthropic",
      "groq",
    ]);
    expect(new Set(calls.map(parentOf))).toEqual(new Set([above.spanContext().spanId]));
    expect(new Set(calls.map(({ attributes }) => attributes["acc.call.id"])).size).toBe(1);
  });

  it("have a span of a call that was refused before it began", async () => {
    stop = traceCalls(tracer);
    await createClaude(options)
      .chat("")
      .catch(() => {});
    expect(named("chat").map(({ attributes }) => attributes["error.type"])).toEqual([
      "INVALID_REQUEST",
    ]);
  });
});

it("the metrics of the example are the conventions' own", async () => {
  const memory = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: memory });
  const meters = new MeterProvider({ readers: [reader] });
  stop = measureCalls(meters.getMeter("test"));
  await createClaude({ ...options, baseUrl: server.url }).chat("hi");
  await createClaude({ ...options, baseUrl: busy.url, retry: 0 })
    .chat("hi")
    .catch(() => {});
  await reader.forceFlush();
  const metrics = memory.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics[0]?.metrics ?? []);
  const told = metrics.map(({ descriptor: { name, unit }, dataPoints }) => ({
    name,
    unit,
    points: dataPoints.map(({ attributes }) => attributes),
  }));
  const provider = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "anthropic",
    "gen_ai.request.model": "claude-sonnet-5-5",
  };
  const response = { "gen_ai.response.model": expect.any(String) };
  expect(told).toEqual([
    {
      name: "gen_ai.client.operation.duration",
      unit: "s",
      points: [
        { ...provider, ...response },
        { ...provider, "error.type": "OVERLOADED" },
      ],
    },
    {
      name: "gen_ai.client.token.usage",
      unit: "{token}",
      points: [
        { ...provider, ...response, "gen_ai.token.type": "input" },
        { ...provider, ...response, "gen_ai.token.type": "output" },
      ],
    },
  ]);
  await meters.shutdown();
});

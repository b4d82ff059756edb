// A span of each call, with its attempts under it, by OpenTelemetry's conventions for generative AI.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { PublishedEvent } from "@acc/dual-mode";
import {
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";

export interface TraceOptions {
  /** What the spans of calls hang under. @default the context that is active where a call begins */
  readonly parent?: Context | (() => Context);
}

/** Traces every call of this process, until the function that it gives is called. */
export function traceCalls(tracer: Tracer, { parent }: TraceOptions = {}): () => void {
  const calls = new Map<string, Span>();
  const attempts = new Map<string, Span>();
  const above = () => (typeof parent === "function" ? parent() : (parent ?? context.active()));

  function startCall({ event, startTime, attributes }: PublishedEvent): Span {
    const name = event.model === undefined ? "chat" : `chat ${event.model}`;
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime, attributes }, above());
    calls.set(keyOf(event), span);
    return span;
  }

  function startAttempt({ event, startTime, attributes }: PublishedEvent): Span {
    const call = calls.get(keyOf(event));
    const under = call === undefined ? above() : trace.setSpan(above(), call);
    const name = `attempt ${attributes["acc.mode"]}`;
    const span = tracer.startSpan(name, { startTime, attributes }, under);
    attempts.set(keyOf(event), span);
    return span;
  }

  /** What was refused, or closed, before it began has no start of its own. */
  function end(open: Map<string, Span>, start: (told: PublishedEvent) => Span) {
    return (told: PublishedEvent) => {
      const span = open.get(keyOf(told.event)) ?? start(told);
      open.delete(keyOf(told.event));
      span.setAttributes(told.attributes);
      const failure = told.attributes["error.type"];
      if (failure !== undefined) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(told) });
      }
      span.end(told.endTime);
    };
  }

  return subscribeAll({
    "acc:call-start": startCall,
    "acc:attempt-start": startAttempt,
    "acc:attempt": end(attempts, startAttempt),
    "acc:reply": end(calls, startCall),
    "acc:error": end(calls, startCall),
  });
}

/** A chain keeps the id from provider to provider, and each has a span of its own. */
function keyOf({ callId, provider }: PublishedEvent["event"]): string {
  return `${callId} ${provider}`;
}

function reasonOf({ event }: PublishedEvent): string {
  if (event.type === "error") return event.error.message;
  return event.type === "attempt-end" ? (event.attempt.reason ?? "") : "";
}

function subscribeAll(
  handlers: Readonly<Record<string, (told: PublishedEvent) => unknown>>,
): () => void {
  const all = Object.entries(handlers).map(([channel, handle]) => {
    const listener = (message: unknown) => void handle(message as PublishedEvent);
    subscribe(channel, listener);
    return () => unsubscribe(channel, listener);
  });
  return () => {
    for (const stop of all) stop();
  };
}

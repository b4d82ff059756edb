import type { ClientEvent } from "../contract/client-event.ts";
import type { FinishReason, Usage } from "../contract/part.ts";

/** Names and values that a span of OpenTelemetry accepts. */
export type Attributes = Readonly<Record<string, string | number | boolean | string[]>>;

type Members = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** Finish reasons that the conventions spell differently. */
const finishes: Readonly<Partial<Record<FinishReason, string>>> = {
  "tool-calls": "tool_call",
  "content-filter": "content_filter",
};

/**
 * Returns an event's attributes, under the names of OpenTelemetry's semantic conventions for
 * generative AI, and under `acc.*` if the conventions have no name. Tokens are counted only for
 * calls: with the attempts they would be counted twice.
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/
 *
 * @param vendor The provider's name in the conventions.
 */
export function attributesOf(event: ClientEvent, vendor: string): Attributes {
  const { callId, provider, tenant, user, model, metadata = {} } = event;
  return given({
    "gen_ai.operation.name": isOfCall(event) ? "chat" : undefined,
    "gen_ai.provider.name": vendor,
    "gen_ai.request.model": model,
    "acc.call.id": callId,
    "acc.provider": provider,
    "acc.tenant": tenant,
    "user.id": user,
    ...Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [`acc.metadata.${name}`, value]),
    ),
    ...ownAttributes(event),
  });
}

/** Whether an event concerns the whole call, which is the operation, and not one attempt. */
function isOfCall({ type }: ClientEvent): boolean {
  return type === "call-start" || type === "reply" || type === "error";
}

function ownAttributes(event: ClientEvent): Members {
  switch (event.type) {
    case "limits":
    case "attempt-start": {
      const { mode, credential } = event;
      return { "acc.mode": mode, "acc.credential": credential };
    }
    case "attempt-end": {
      const { mode, credential, warm, ...end } = event.attempt;
      const how = { "acc.mode": mode, "acc.credential": credential, "acc.warm": warm };
      return { ...how, ...failureAttributes(end) };
    }
    case "reply": {
      const { mode, model, cached, fallback, cid, usage, finishReason, cost } = event.reply;
      return {
        "gen_ai.response.id": event.reply.id,
        "gen_ai.response.model": model,
        "gen_ai.response.finish_reasons": [finishes[finishReason] ?? finishReason],
        // A reply from the cache or from another call was paid for there.
        ...(cached || event.joined ? {} : usageAttributes(usage)),
        "acc.joined": event.joined,
        "acc.mode": mode,
        "acc.cached": cached,
        "acc.fallback": fallback,
        "acc.cost": cost?.amount,
        "acc.cid": cid,
      };
    }
    case "error":
      return { ...failureAttributes(event.error), "acc.next": event.next };
    case "cache":
      return { "acc.cid": event.cid, "acc.cached": event.hit };
    case "state":
      return { "acc.state": event.state };
    case "call-start":
    case "log":
      return {};
  }
}

function failureAttributes(failure: {
  readonly code?: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
}): Members {
  return {
    "error.type": failure.code,
    "http.response.status_code": failure.status,
    "acc.request.id": failure.requestId,
  };
}

/** In the conventions, input tokens include those of the vendor's cache. */
function usageAttributes(usage: Usage = {}): Members {
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const input = [inputTokens, cacheReadTokens, cacheWriteTokens].filter((n) => n !== undefined);
  return {
    "gen_ai.usage.input_tokens": input.length > 0 ? input.reduce((a, b) => a + b) : undefined,
    "gen_ai.usage.output_tokens": usage.outputTokens,
    "gen_ai.usage.cache_read.input_tokens": cacheReadTokens,
    "gen_ai.usage.cache_creation.input_tokens": cacheWriteTokens,
    "gen_ai.usage.reasoning.output_tokens": usage.reasoningTokens,
  };
}

function given(members: Members): Attributes {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Attributes;
}

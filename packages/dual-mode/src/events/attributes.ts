import type { ClientEvent } from "../contract/client.ts";

/** Names and values as a span of OpenTelemetry takes them. */
export type Attributes = Readonly<Record<string, string | number | boolean | string[]>>;

/**
 * An event under the names of OpenTelemetry's semantic conventions for generative AI, and `acc.*` for
 * what they have no name for. https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
export function attributesOf(event: ClientEvent): Attributes {
  const operation = { "gen_ai.operation.name": "chat" };
  switch (event.type) {
    case "attempt-end": {
      const { provider, mode, credential, model, code } = event.attempt;
      return given({
        ...operation,
        "gen_ai.provider.name": provider,
        "gen_ai.request.model": model,
        "acc.mode": mode,
        "acc.credential": credential,
        "error.type": code,
      });
    }
    case "reply": {
      const { provider, mode, model, cached, fallback, cid, usage, finishReason } = event.reply;
      return given({
        ...operation,
        "gen_ai.provider.name": provider,
        "gen_ai.response.model": model,
        "gen_ai.response.finish_reasons": [finishReason],
        "gen_ai.usage.input_tokens": usage?.inputTokens,
        "gen_ai.usage.output_tokens": usage?.outputTokens,
        "acc.mode": mode,
        "acc.cached": cached,
        "acc.fallback": fallback,
        "acc.cid": cid,
      });
    }
    case "cache":
      return { "acc.cid": event.cid, "acc.cached": event.hit };
    default:
      return {};
  }
}

function given(
  members: Readonly<Record<string, string | number | boolean | string[] | undefined>>,
) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Attributes;
}

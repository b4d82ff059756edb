import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readAnswer,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { ClaudeOptions } from "../options.ts";
import { apiLimits } from "./api-limits.ts";
import { type Body, toBody } from "./body.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { MessageEvents } from "./parts.ts";
import { withPromptCache } from "./prompt-cache.ts";

/**
 * Claude through @anthropic-ai/sdk, whose own reader of streams passes over what it does not know:
 * ours reads.
 */
export const sdk: ProviderMode<ClaudeOptions> = {
  ...sdkFeatures,
  credentials: ["key"],
  probe: async () => ({ available: true }),
  run,
  listModels,
};

const thoughtless: Part = {
  type: "warning",
  warning: {
    code: "FEATURE_IGNORED",
    message: `"reasoning" was left out: this model does not think over tool calls whose thoughts are missing.`,
  },
};

function thinksLess({ reasoning = "none" }: CanonicalRequest, asked: Body): boolean {
  return reasoning !== "none" && asked.thinking === undefined;
}

async function* run(
  request: CanonicalRequest,
  context: RunContext<ClaudeOptions>,
): AsyncGenerator<Part> {
  const { signal } = context;
  try {
    const client = await openClient(context);
    const asked = withPromptCache(toBody(request), context.promptCache);
    const { body, headers } = await client.messages.create(asked, { signal }).asResponse();
    const limits = apiLimits(headers);
    const reader = new MessageEvents(request.model);
    for await (const part of readAnswer(readServerSentEvents(body), reader)) {
      yield part;
      if (part.type === "start" && limits) yield { type: "limits", limits };
      if (part.type === "start" && thinksLess(request, asked)) yield thoughtless;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw await toError(error);
  }
}

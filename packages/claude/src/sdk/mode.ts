import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readAnswer,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import type { ClaudeOptions } from "../options.ts";
import { apiLimits } from "./api-limits.ts";
import { toBody } from "./body.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { MessageEvents } from "./parts.ts";
import { withPromptCache } from "./prompt-cache.ts";

/**
 * Claude through @anthropic-ai/sdk, whose own reader of streams passes over what it does not know:
 * ours reads. The API's version has no temperature and no topP.
 */
export const sdk: ProviderMode<ClaudeOptions> = {
  credentials: ["key"],
  supports: [
    "system",
    "multiTurn",
    "stop",
    "maxOutputTokens",
    "reasoning",
    "schema",
    "tools",
    "images",
    "files",
    "imageUrls",
    "fileUrls",
    "systemTurns",
  ],
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
      if (part.type === "start" && request.reasoning && !asked.thinking) yield thoughtless;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw await toError(error);
  }
}

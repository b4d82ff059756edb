import {
  askAnswer,
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readAnswer,
  readServerSentEvents,
  withFittedBatch,
  withFittedNames,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { ClaudeOptions } from "../options.ts";
import { apiLimits } from "./api-limits.ts";
import { batch } from "./batch/batch.ts";
import { type Body, toBody } from "./body.ts";
import { boundClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { toolNames } from "./messages.ts";
import { MessageEvents } from "./parts.ts";
import { withPromptCache } from "./prompt-cache.ts";

/**
 * Claude through @anthropic-ai/sdk. The stream is read here, because the SDK's own reader skips
 * events that it does not know.
 */
export const sdk: ProviderMode<ClaudeOptions> = {
  ...sdkFeatures,
  credentials: ["key"],
  probe: async () => ({ available: true }),
  run: withFittedNames(toolNames, run),
  listModels,
  batch: withFittedBatch(toolNames, batch),
};

const thoughtless: Part = {
  type: "warning",
  warning: {
    code: "FEATURE_IGNORED",
    message: `"reasoning" was left out: this model does not think about tool calls whose thoughts are missing.`,
  },
};

function thinksLess({ reasoning = "none" }: CanonicalRequest, asked: Body): boolean {
  return reasoning !== "none" && asked.thinking === undefined;
}

function run(
  request: CanonicalRequest,
  context: RunContext<ClaudeOptions>,
): AsyncIterableIterator<Part> {
  const { signal, promptCache } = context;
  return askAnswer({
    signal,
    async ask() {
      const { client, bound } = await boundClient(context);
      const asked = withPromptCache(toBody(request), promptCache);
      const { body, headers } = await client.messages.create(asked, bound).asResponse();
      const limits = apiLimits(headers);
      const told: Part[] = limits ? [{ type: "limits", limits }] : [];
      if (thinksLess(request, asked)) told.push(thoughtless);
      return readAnswer(
        readServerSentEvents(body, context),
        new MessageEvents(request.model, told),
      );
    },
    failure: toError,
  });
}

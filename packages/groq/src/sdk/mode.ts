import {
  askAnswer,
  askChatBySdk,
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  withFittedBatch,
  withFittedNames,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { GroqOptions } from "../options.ts";
import { batch } from "./batch.ts";
import { toBody, toolNames } from "./body.ts";
import { groqApi } from "./chat-vendor.ts";
import { boundClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";

/**
 * Groq through groq-sdk. The stream is read here, because the SDK's own reader loses events that it
 * does not know.
 */
export const sdk: ProviderMode<GroqOptions> = {
  ...sdkFeatures,
  credentials: ["key"],
  probe: async () => ({ available: true }),
  run: withFittedNames(toolNames, run),
  listModels,
  batch: withFittedBatch(toolNames, batch),
};

function run(
  request: CanonicalRequest,
  context: RunContext<GroqOptions>,
): AsyncIterableIterator<Part> {
  const { signal } = context;
  return askAnswer({
    signal,
    async ask() {
      const { client, bound } = await boundClient(context);
      const asked = client.chat.completions.create(toBody(request), bound);
      return askChatBySdk(asked, groqApi, context);
    },
    failure: toError,
  });
}

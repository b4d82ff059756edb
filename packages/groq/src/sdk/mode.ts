import {
  askAnswer,
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readChatCompletions,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { GroqOptions } from "../options.ts";
import { toBody } from "./body.ts";
import { groqApi } from "./chat-vendor.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";

/** Groq through groq-sdk, whose own reader of streams loses what it does not know: ours reads. */
export const sdk: ProviderMode<GroqOptions> = {
  ...sdkFeatures,
  credentials: ["key"],
  probe: async () => ({ available: true }),
  run,
  listModels,
};

function run(
  request: CanonicalRequest,
  context: RunContext<GroqOptions>,
): AsyncIterableIterator<Part> {
  const { signal } = context;
  return askAnswer({
    async ask() {
      const client = await openClient(context);
      const asked = client.chat.completions.create(toBody(request), { signal });
      const { body, headers } = await asked.asResponse();
      return readChatCompletions(readServerSentEvents(body, context), groqApi, headers);
    },
    failure(thrown) {
      signal.throwIfAborted();
      return toError(thrown);
    },
  });
}

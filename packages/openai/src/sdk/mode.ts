import {
  type CanonicalRequest,
  type Part,
  type ProviderMode,
  type RunContext,
  readAnswer,
  readChatCompletions,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { OpenAIOptions } from "../options.ts";
import { toChatBody } from "./chat/body.ts";
import { openAIChat } from "./chat/vendor.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { toBody } from "./responses/body.ts";
import { ResponseReader } from "./responses/reader.ts";
import { whichApi } from "./which-api.ts";

/** OpenAI through its SDK, whose own reader of streams passes over what it does not know: ours reads. */
export const sdk: ProviderMode<OpenAIOptions> = {
  credentials: ["key"],
  ...sdkFeatures,
  probe: async () => ({ available: true }),
  run,
  listModels,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<OpenAIOptions>,
): AsyncGenerator<Part> {
  const { signal } = context;
  try {
    const client = await openClient(context);
    if (whichApi(request, context) === "chat") {
      const asked = client.chat.completions.create(toChatBody(request, context), { signal });
      const { body, headers } = await asked.asResponse();
      yield* readChatCompletions(readServerSentEvents(body, context), openAIChat, headers);
    } else {
      const asked = client.responses.create(toBody(request), { signal });
      const { body, headers } = await asked.asResponse();
      const reader = new ResponseReader(request.model, headers);
      yield* readAnswer(readServerSentEvents(body, context), reader);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw await toError(error);
  }
}

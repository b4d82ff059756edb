import {
  askAnswer,
  askChatBySdk,
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
import type { OpenAIOptions } from "../options.ts";
import { toolNames } from "../tool-names.ts";
import { batch } from "./batch.ts";
import { toChatBody } from "./chat/body.ts";
import { openAIChat } from "./chat/vendor.ts";
import { boundClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { toBody } from "./responses/body.ts";
import { ResponseReader } from "./responses/reader.ts";
import { whichApi } from "./which-api.ts";

/**
 * OpenAI through its SDK. The stream is read here, because the SDK's own reader skips events that
 * it does not know.
 */
export const sdk: ProviderMode<OpenAIOptions> = {
  credentials: ["key"],
  ...sdkFeatures,
  probe: async () => ({ available: true }),
  run: withFittedNames(toolNames, run),
  listModels,
  batch: withFittedBatch(toolNames, batch),
};

function run(
  request: CanonicalRequest,
  context: RunContext<OpenAIOptions>,
): AsyncIterableIterator<Part> {
  const { signal } = context;
  return askAnswer({
    signal,
    ask: () => (whichApi(request, context) === "chat" ? askChat : askResponses)(request, context),
    failure: toError,
  });
}

type Ask = (
  request: CanonicalRequest,
  context: RunContext<OpenAIOptions>,
) => Promise<AsyncIterable<Part>>;

const askChat: Ask = async (request, context) => {
  const { client, bound } = await boundClient(context);
  const asked = client.chat.completions.create(toChatBody(request, context), bound);
  return askChatBySdk(asked, openAIChat, context);
};

const askResponses: Ask = async (request, context) => {
  const { client, bound } = await boundClient(context);
  const { body, headers } = await client.responses.create(toBody(request), bound).asResponse();
  const reader = new ResponseReader(request.model, headers);
  return readAnswer(readServerSentEvents(body, context), reader);
};

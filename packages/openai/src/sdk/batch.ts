import {
  type FailureRow,
  fileBatch,
  type ModeBatch,
  type Refusals,
  readAnswer,
  readChatCompletions,
} from "@acc/dual-mode/provider";
import type OpenAI from "openai";
import { refusals } from "../failure-rows.ts";
import type { OpenAIOptions } from "../options.ts";
import { toChatBody } from "./chat/body.ts";
import { openAIChat } from "./chat/vendor.ts";
import { openClient } from "./client.ts";
import { toBody } from "./responses/body.ts";
import { ResponseReader } from "./responses/reader.ts";
import { whichApi } from "./which-api.ts";

/** The model's limit of tokens in waiting batches is reached. */
const tooMuch: FailureRow = { code: "RATE_LIMITED", type: "token_limit_exceeded" };
const ofBatches: Refusals = { ...refusals, failures: [tooMuch, ...(refusals.failures ?? [])] };

/**
 * The Batch API, at half the price: a file of at most 50,000 requests and 200 MB, for one model and
 * one endpoint. https://platform.openai.com/docs/guides/batch
 */
export const batch: ModeBatch<OpenAIOptions> = fileBatch({
  who: "OpenAI's API",
  refusals: ofBatches,
  most: { lines: 50_000, bytes: 190_000_000 },
  priceShare: 0.5,
  endpoint: (request, context) =>
    whichApi(request, context) === "chat" ? "/v1/chat/completions" : "/v1/responses",
  body: (request, context) =>
    whichApi(request, context) === "chat" ? toChatBody(request, context) : toBody(request),
  open: (context, asked) => openClient(context, { ...asked, accept: "application/json" }),
  // The raw answer is read, because the SDK takes any other answer for an empty list.
  list: async ({ batches }: OpenAI, page, options) =>
    (await batches.list(page, options).asResponse()).json(),
  read: (events, request, context) =>
    whichApi(request, context) === "chat"
      ? readChatCompletions(events, openAIChat)
      : readAnswer(events, new ResponseReader(request.model, new Headers())),
});

import { fileBatch, type ModeBatch, readChatCompletions } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";
import { refusals } from "../failure-rows.ts";
import type { GroqOptions } from "../options.ts";
import { toBody } from "./body.ts";
import { groqApi } from "./chat-vendor.ts";
import { openClient } from "./client.ts";

/**
 * The Batch API, at half the price: a file of at most 50,000 requests, and of 100 MB according to
 * the types of groq-sdk 1.6.0; only for chat completions. https://console.groq.com/docs/batch
 */
export const batch: ModeBatch<GroqOptions> = fileBatch({
  who: groqApi.who,
  refusals,
  most: { lines: 50_000, bytes: 95_000_000 },
  priceShare: 0.5,
  endpoint: () => "/v1/chat/completions",
  body: toBody,
  open: (context, asked) => openClient(context, { ...asked, accept: "application/json" }),
  // The package does not support pages; the API accepts the same options as OpenAI's.
  list: ({ batches }: Groq, query, { signal }) => batches.list({ query: { ...query }, signal }),
  read: (events) => readChatCompletions(events, groqApi),
});

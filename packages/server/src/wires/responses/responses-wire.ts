import { openaiError, openaiStatus } from "../openai/error-body.ts";
import type { Wire } from "../wire.ts";
import { readResponses } from "./read-responses.ts";

/**
 * The wire of OpenAI's responses, without a store: each request contains its whole conversation.
 */
export const responsesWire: Wire = {
  name: "responses",
  keepAlive: ": keep-alive\n\n",
  read: readResponses,
  status: openaiStatus,
  failure: (failure) => ({ error: openaiError(failure) }),
  headers: () => ({}),
};

import { openaiError, openaiStatus } from "../openai/error-body.ts";
import type { Wire } from "../wire.ts";
import { readResponses } from "./read-responses.ts";

/** OpenAI's responses, without a store: each request brings its whole conversation. */
export const responsesWire: Wire = {
  name: "responses",
  keepAlive: ": keep-alive\n\n",
  read: readResponses,
  status: openaiStatus,
  failure: (failure) => ({ error: openaiError(failure) }),
  headers: () => ({}),
};

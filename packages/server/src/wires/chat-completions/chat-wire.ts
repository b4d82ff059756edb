import { openaiError, openaiStatus } from "../openai/error-body.ts";
import type { Wire } from "../wire.ts";
import { readChat } from "./read-chat.ts";

/** The wire of OpenAI's chat completions. */
export const chatWire: Wire = {
  name: "chat",
  keepAlive: ": keep-alive\n\n",
  read: readChat,
  status: openaiStatus,
  failure: (failure) => ({ error: openaiError(failure) }),
  headers: () => ({}),
};

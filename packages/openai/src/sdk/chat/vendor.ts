import type { ChatVendor } from "@acc/dual-mode/provider";
import { streamError } from "../error.ts";

/** Who speaks in a stream of chat completions, and what it means where an error is told in it. */
export const openAIChat: ChatVendor = { who: "OpenAI's API", failure: streamError };

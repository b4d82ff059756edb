import type { ChatVendor } from "@acc/dual-mode/provider";
import { streamError } from "../error.ts";

/**
 * The vendor's name for messages about a stream of chat completions, and how errors in it are
 * converted.
 */
export const openAIChat: ChatVendor = { who: "OpenAI's API", failure: streamError };

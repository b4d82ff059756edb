import {
  type CanonicalMessage,
  type NameRule,
  toChatMessages,
  type VendorHistory,
} from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

type Param = Groq.Chat.ChatCompletionMessageParam;

/** As OpenAI's API has them, whose form this is. */
export const toolNames: NameRule = { characters: /[\w-]/, longest: 64 };
const vendor: VendorHistory = { ids: { characters: /[\w-]/, longest: 40 }, names: toolNames };

/** The system prompt and the history as chat completions take them. */
export function toMessages(
  system: string | undefined,
  messages: readonly CanonicalMessage[],
): Param[] {
  return toChatMessages(system, messages, vendor) as Param[];
}

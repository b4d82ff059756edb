import { type CanonicalMessage, toChatMessages } from "@acc/dual-mode/provider";
import type Groq from "groq-sdk";

type Param = Groq.Chat.ChatCompletionMessageParam;

/** The system prompt and the history as chat completions take them. */
export function toMessages(
  system: string | undefined,
  messages: readonly CanonicalMessage[],
): Param[] {
  return toChatMessages(system, messages) as Param[];
}

import type { Message } from "@acc/dual-mode";

/**
 * The messages with one that asks. OpenAI answers what has a system message alone, and programs send
 * that; other vendors want a user's.
 */
export function withQuestion(messages: Message[]): Message[] {
  const last = messages.at(-1);
  if (last?.role !== "system" || messages.some(({ role }) => role !== "system")) return messages;
  return [...messages.slice(0, -1), { role: "user", content: last.content }];
}

import type { Message } from "@acc/dual-mode";

/**
 * Makes the last message a user's if all are system messages: OpenAI answers those, and programs
 * send them, but other vendors require a user's message.
 */
export function withQuestion(messages: Message[]): Message[] {
  const last = messages.at(-1);
  if (last?.role !== "system" || messages.some(({ role }) => role !== "system")) return messages;
  return [...messages.slice(0, -1), { role: "user", content: last.content }];
}

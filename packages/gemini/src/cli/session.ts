import { randomUUID } from "node:crypto";
import type { CanonicalMessage } from "@acc/dual-mode/provider";

/** The turns before the last as a session that the CLI goes on with, each in its own role. */
export function toSession(messages: readonly CanonicalMessage[], model: string): object {
  const timestamp = new Date().toISOString();
  return {
    sessionId: randomUUID(),
    projectHash: "x",
    startTime: timestamp,
    lastUpdated: timestamp,
    kind: "main",
    messages: messages.map(({ role, content }, index) => ({
      id: String(index),
      timestamp,
      content: content.map((part) => ({ text: part.type === "text" ? part.text : "" })),
      ...(role === "user" ? { type: "user" } : { type: "gemini", model }),
    })),
  };
}

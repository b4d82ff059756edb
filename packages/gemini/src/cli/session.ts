import { randomUUID } from "node:crypto";
import type { TextTurn } from "@acc/dual-mode/provider";

/** The turns before the last as a session that the CLI continues with, each in its own role. */
export function toSession(turns: readonly TextTurn[], model: string): object {
  const timestamp = new Date().toISOString();
  return {
    sessionId: randomUUID(),
    projectHash: "x",
    startTime: timestamp,
    lastUpdated: timestamp,
    kind: "main",
    messages: turns.map(({ role, text }, index) => ({
      id: String(index),
      timestamp,
      content: [{ text }],
      ...(role === "user" ? { type: "user" } : { type: "gemini", model }),
    })),
  };
}

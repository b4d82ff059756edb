import { randomUUID } from "node:crypto";
import type { TextTurn } from "@acc/dual-mode/provider";

/** Makes a session of the turns before the last, each in its own role, for the CLI to continue. */
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

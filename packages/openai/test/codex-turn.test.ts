import type { CommandExit, JsonObject, Part } from "@acc/dual-mode/provider";
import { expect, it } from "vitest";
import { TurnReader } from "../src/cli/turn-reader.ts";

const request = {
  model: "played",
  messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
} as const;
const exit = { exitCode: 0, stderr: "", lingered: true } as unknown as CommandExit;
const place = { threadId: "thread_1", turnId: "turn_1" };
const error = (message: string, willRetry: unknown, codexErrorInfo: unknown = null) => ({
  method: "error",
  params: { ...place, willRetry, error: { message, codexErrorInfo, additionalDetails: null } },
});
const answer = [
  {
    method: "item/agentMessage/delta",
    params: { ...place, itemId: "m", delta: "Hi" },
  },
  { method: "turn/completed", params: { ...place, turn: { id: "turn_1", status: "completed" } } },
];

function read(...messages: readonly JsonObject[]) {
  const reader = new TurnReader(request, { credential: { kind: "key" } } as never, () => {});
  const parts: Part[] = [];
  for (const message of messages) parts.push(...reader.read(message));
  return { reader, parts };
}

// openai/codex-plugin-cc#710, peakflo/20x#522
it.each([
  ["Selected model is at capacity.", "serverOverloaded", "OVERLOADED"],
  ["You've hit your usage limit. Try again at 3:45 PM.", "usageLimitExceeded", "QUOTA_EXHAUSTED"],
])("an error that is not asked again for ends the turn: %s", async (said, kind, code) => {
  const { reader } = read(error(said, false, kind));
  expect(reader.patience).toBeGreaterThan(0);
  await expect(reader.end(exit).next()).rejects.toMatchObject({ code });
});

// openclaw/openclaw#71870, jakemor/kanna#109, huangruiteng/loopx#3758
it.each([true, undefined])("an error with willRetry %s is none yet", (willRetry) => {
  expect(read(error("Reconnecting... 2/5", willRetry)).reader.patience).toBeUndefined();
  const { parts } = read(error("Reconnecting... 2/5", willRetry), ...answer);
  expect(parts.filter(({ type }) => type === "text")).toEqual([{ type: "text", text: "Hi" }]);
});

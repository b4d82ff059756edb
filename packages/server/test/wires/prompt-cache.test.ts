import { expect, it } from "vitest";
import { messagesWire } from "../../src/wires/messages/messages-wire.ts";

const cache_control = { type: "ephemeral" };
const hour = { type: "ephemeral", ttl: "1h" };
const text = (more: object) => [{ type: "text", text: "a", ...more }];
const tool = { name: "look", input_schema: { type: "object" } };

it.each([
  ["nowhere", {}, undefined],
  ["at null", { system: text({ cache_control: null }) }, undefined],
  ["at the system prompt", { system: text({ cache_control }) }, "5m"],
  ["at a tool", { tools: [{ ...tool, cache_control }] }, "5m"],
  ["in a turn", { messages: [{ role: "user", content: text({ cache_control }) }] }, "5m"],
  ["at all", { cache_control }, "5m"],
  ["for an hour", { system: text({ cache_control: hour }), cache_control }, "1h"],
] as const)("A prompt that is marked %s", (_, more, promptCache) => {
  const messages = [{ role: "user", content: "hi" }];
  const read = messagesWire.read({ model: "m", max_tokens: 9, messages, ...more });
  expect(read.promptCache).toBe(promptCache);
});

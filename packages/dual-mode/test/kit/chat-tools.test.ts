import { expect, it } from "vitest";
import { toChatTool } from "../../src/kit/chat-tools.ts";

// lmstudio-bug-tracker#2203, #2254, DeepSeek-Reasonix#5167: the server refuses parameters of no form.
it.each([
  [{}, { type: "object", properties: {} }],
  [{ type: "object" }, { type: "object", properties: {} }],
  [
    { type: "object", properties: { x: { type: "number" } }, required: ["x"] },
    { type: "object", properties: { x: { type: "number" } }, required: ["x"] },
  ],
])("a tool of the input %j goes out with %j", (inputSchema, parameters) => {
  expect(toChatTool({ name: "now", inputSchema }).function).toEqual({ name: "now", parameters });
});

import { expect } from "vitest";
import type { ChatRequest, Message } from "../../src/contract/request.ts";
import { canonicalRequest } from "../../src/request/canonical-request.ts";

export const user = (content: string): Message => ({ role: "user", content });
export const text = (said: string) => ({ type: "text", text: said }) as const;
export const call = (id: string, name = "weather", input: unknown = {}) =>
  ({ type: "tool-call", id, name, input }) as const;
export const result = (toolCallId: string, content: string): Message => ({
  role: "tool",
  toolCallId,
  content,
});
export const calls = (...ids: string[]): Message => ({
  role: "assistant",
  content: ids.map((id) => call(id)),
});
export const canonical = (request: ChatRequest) =>
  canonicalRequest(request, {}, "model-1").canonical;
export const history = (...messages: unknown[]) => canonical({ messages } as ChatRequest).messages;
export const refusal = (message: string) =>
  expect.objectContaining({
    code: "INVALID_REQUEST",
    message: expect.stringContaining(message),
  });

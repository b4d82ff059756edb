import { test } from "node:test";
import { type HttpWire, testProvider } from "@acc/dual-mode/testing";
import { createExample } from "./provider.ts";

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** How this vendor says an answer, and how it refuses. */
const wire: HttpWire = {
  answer: ({ model, texts, finish, inputTokens, outputTokens }) => [
    event("begin", { model }),
    ...texts.map((text) => event("text", { text })),
    event("count", { inputTokens, outputTokens }),
    event("end", { reason: finish }),
  ],
  failure: ({ status, message, retryAfter = 0 }) => ({
    status,
    headers: { "retry-after": String(retryAfter) },
    body: JSON.stringify({ error: { message } }),
  }),
};

testProvider(test, createExample, { sdk: { wire } });

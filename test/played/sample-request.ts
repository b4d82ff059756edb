import type { CanonicalRequest } from "@acc/dual-mode/provider";

/** A question and no more. */
export const plainRequest = (model: string): CanonicalRequest => ({
  model,
  messages: [{ role: "user", content: [{ type: "text", text: "Explain decorators" }] }],
});

/** All that every SDK mode supports, in one request. */
export const fullRequest = (model: string): CanonicalRequest => ({
  model,
  system: "Be brief.",
  maxOutputTokens: 99,
  stop: ["END"],
  reasoning: "low",
  schema: { type: "object" },
  tools: [{ name: "weather", description: "Tells it.", inputSchema: { type: "object" } }],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "Look" },
        { type: "image", mediaType: "image/png", data: "aGk=" },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "tool-call", id: "a", name: "weather", input: { city: "Graz" } },
        { type: "tool-call", id: "b", name: "news", input: {} },
      ],
    },
    { role: "tool", toolCallId: "a", content: [{ type: "text", text: "sun" }] },
    { role: "tool", toolCallId: "b", content: [{ type: "text", text: "none" }] },
  ],
});

/** How the words are drawn: Claude's models of today take none of it. */
export const sampling = { temperature: 0.2, topP: 0.5, seed: 7 } as const;

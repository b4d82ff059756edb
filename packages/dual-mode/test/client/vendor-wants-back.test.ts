import { memoryStore, openCache, type ResponseCache } from "@acc/cache";
import { describe, expect, it } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import type { Reply } from "../../src/contract/reply.ts";
import type { Message } from "../../src/contract/request.ts";
import { gives, type Script, scripted } from "../scripted-provider.ts";

describe("what the vendor wants back", () => {
  const call = { id: "a", name: "weather", input: {}, signature: "scripted:proof" };
  const content = [
    { type: "reasoning", text: "Hm, so.", signature: "scripted:thought" },
    { type: "reasoning", text: "More." },
    { type: "text", text: "I look." },
    { type: "tool-call", ...call },
  ] as const;
  const pieces: Part[] = [
    { type: "start" },
    { type: "reasoning", text: "Hm, " },
    { type: "reasoning", text: "so." },
    { type: "reasoning", text: "", signature: "scripted:thought" },
    { type: "reasoning", text: "More." },
    { type: "text", text: "I " },
    { type: "text", text: "look." },
    { type: "tool-call", ...call },
    { type: "finish", reason: "tool-calls" },
  ];

  async function backAndForth(turn: (reply: Reply) => Message, cache?: ResponseCache) {
    const sent: unknown[] = [];
    const answer: Script = (request, context) => {
      sent.push(request.messages[1]);
      return gives(...pieces)(request, context);
    };
    const { client } = scripted({ sdk: { scripts: [answer] } }, cache && { cache });
    if (cache) await client.chat("Weather?");
    const reply = await client.chat("Weather?");
    await client.chat({
      messages: [
        { role: "user", content: "Weather?" },
        turn(reply),
        { role: "tool", toolCallId: "a", content: "rain" },
      ],
    });
    return { reply, turn: sent.at(-1) };
  }

  it("is with the tool calls of a reply", async () => {
    const { reply, turn } = await backAndForth(({ text, toolCalls }) => {
      return { role: "assistant", content: text, toolCalls };
    });
    expect(reply.toolCalls).toEqual([call]);
    expect(turn).toEqual({ role: "assistant", content: content.slice(2) });
  });

  it.each([
    ["as it came", undefined],
    ["from the cache", openCache({ store: memoryStore() })],
  ])("is in its content, which goes back whole, %s", async (_, cache) => {
    const { reply, turn } = await backAndForth(({ content, toolCalls }) => {
      return { role: "assistant", content, toolCalls };
    }, cache);
    expect(reply).toMatchObject({ content, text: "I look.", reasoning: "Hm, so.More." });
    expect(reply.cached).toBe(cache !== undefined);
    expect(turn).toEqual({ role: "assistant", content });
  });
});

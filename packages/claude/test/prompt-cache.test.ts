import type { CallOptions, ChatRequest, Client, Message, Reply } from "@acc/dual-mode";
import { afterEach, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { createClaude } from "../src/index.ts";
import { withPromptCache } from "../src/sdk/prompt-cache.ts";
import { PricedCache } from "./priced-cache.ts";

/** Dollars for a million tokens, as the vendor multiplies them: 1.25, 2 and 0.1 times the input. */
const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWriteHour: 6 };

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function open(): Promise<{ cache: PricedCache; client: Client; server: LoopbackServer }> {
  const cache = new PricedCache();
  const server = await startLoopbackServer((response, request) => cache.answer(response, request));
  const client = createClaude({
    only: "sdk",
    apiKey: "sk-dummy",
    baseUrl: server.url,
    secrets: false,
    cache: false,
    retry: 0,
    prices: { played: price },
  });
  closers.push(
    () => client.close(),
    () => server.close(),
  );
  return { cache, client, server };
}

const tools = Array.from({ length: 8 }, (_, index) => ({
  name: `tool_${index}`,
  description: "x".repeat(1000),
  inputSchema: { type: "object", properties: {} },
}));
const system = "s".repeat(12_000);

/** Ten turns, each with the answers before it. */
async function converse(client: Client, asked: CallOptions): Promise<readonly Reply[]> {
  const messages: Message[] = [];
  const replies: Reply[] = [];
  for (let turn = 1; turn <= 10; turn += 1) {
    messages.push({ role: "user", content: `Question ${turn} ${"q".repeat(200)}` });
    const reply = await client.chat({ system, tools, messages }, asked);
    messages.push({ role: "assistant", content: reply.content });
    replies.push(reply);
  }
  return replies;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

describe("a conversation of ten turns over 20 KB of system and tools", () => {
  it.each([
    [true, 1.25],
    ["5m", 1.25],
    ["1h", 2],
  ] as const)("with promptCache %j costs what the vendor says", async (promptCache, times) => {
    const { cache, client } = await open();
    const replies = await converse(client, { promptCache });
    const { counted } = cache;
    // The first writes all; each of the others reads what was written, and writes what is new.
    expect(counted[0]).toMatchObject({ read: 0, rest: 0 });
    for (const [index, { read, written, rest }] of counted.slice(1).entries()) {
      const before = counted[index];
      expect(read).toBe((before?.read ?? 0) + (before?.written ?? 0));
      expect(rest).toBe(0);
      expect(written).toBeLessThan(400);
    }
    const documented = sum(
      counted.map(({ read, written }) => 3 * (0.1 * read + times * written) + 15 * 100),
    );
    const cost = sum(replies.map((reply) => reply.cost?.amount ?? Number.NaN));
    expect(cost).toBeCloseTo(documented / 1_000_000, 9);
    expect(replies[1]?.usage).toMatchObject({
      inputTokens: 0,
      cacheReadTokens: counted[1]?.read,
      cacheWriteTokens: counted[1]?.written,
    });
  });

  it("without it pays the whole prompt ten times", async () => {
    const { cache, client } = await open();
    await converse(client, {});
    expect(cache.counted.every(({ read, written }) => read + written === 0)).toBe(true);
    expect(JSON.stringify(cache.body)).not.toContain("cache_control");
    expect(cache.body.system).toBe(system);
  });
});

describe("the marks", () => {
  const ask = async (request: Partial<ChatRequest>, asked: CallOptions = { promptCache: true }) => {
    const { cache, client } = await open();
    await client.chat({ messages: [{ role: "user", content: "Hi" }], ...request }, asked);
    return cache.body as { system: unknown; tools: unknown[]; messages: { content: unknown[] }[] };
  };

  it("are at the last tool, the system prompt and the last two user turns", async () => {
    const messages = ["one", "two", "three"].flatMap((content): Message[] => [
      { role: "assistant", content: `before ${content}` },
      { role: "user", content },
    ]);
    const body = await ask({ system: "Brief.", tools, messages: messages.slice(1) });
    const mark = { type: "ephemeral" };
    expect(body.tools.map((tool) => (tool as { cache_control?: object }).cache_control)).toEqual([
      ...Array(7).fill(undefined),
      mark,
    ]);
    expect(body.system).toEqual([{ type: "text", text: "Brief.", cache_control: mark }]);
    expect(body.messages.map(({ content }) => content.at(-1))).toEqual([
      { type: "text", text: "one" },
      expect.not.objectContaining({ cache_control: mark }),
      { type: "text", text: "two", cache_control: mark },
      expect.not.objectContaining({ cache_control: mark }),
      { type: "text", text: "three", cache_control: mark },
    ]);
  });

  // vellum-ai/vellum-assistant#22191: one time for all
  it("are all for an hour where an hour is asked", async () => {
    const body = await ask({ system: "Brief.", tools }, { promptCache: "1h" });
    const times = JSON.stringify(body).match(/"ttl":"\w+"/g);
    expect(times).toEqual(['"ttl":"1h"', '"ttl":"1h"', '"ttl":"1h"']);
  });

  // redpanda-data/ai-sdk-go#205, anthropics/claude-code#63930
  it("find what was written, however many calls and results stand between", async () => {
    const { cache, client } = await open();
    const calls = Array.from({ length: 30 }, (_, index) => ({
      type: "tool_use",
      id: `toolu_${index}`,
      name: "tool_0",
      input: { index },
    }));
    cache.says = (turn) => (turn === 1 ? calls : [{ type: "text", text: "Done." }]);
    const first = { role: "user", content: "Look 30 times." } as const;
    const asked = { promptCache: true } as const;
    const reply = await client.chat({ system, tools, messages: [first] }, asked);
    const results = reply.toolCalls.map(
      ({ id }): Message => ({ role: "tool", toolCallId: id, content: "seen" }),
    );
    const turn: Message = { role: "assistant", content: reply.content };
    await client.chat({ system, tools, messages: [first, turn, ...results] }, asked);
    expect(cache.counted[1]).toMatchObject({ read: cache.counted[0]?.written, rest: 0 });
  });

  // garrytan/gbrain#5326, UKGovernmentBEIS/inspect_ai#3967; Wei-Shaw/sub2api#176
  it("are never at a thought, an empty text or a tool that is loaded later, nor a fifth", async () => {
    const thought = { type: "thinking", thinking: "Hm.", signature: "s" } as const;
    const body = withPromptCache(
      {
        model: "m",
        max_tokens: 1,
        stream: true,
        system: "",
        tools: [
          { name: "a", input_schema: { type: "object" } },
          { name: "b", input_schema: { type: "object" }, defer_loading: true },
        ],
        messages: [
          { role: "user", content: [{ type: "text", text: "Hi" }] },
          { role: "assistant", content: [thought, { type: "text", text: "Yes" }, thought] },
        ],
      },
      "5m",
    );
    const cache_control = { type: "ephemeral" };
    expect(body.system).toBe("");
    expect(body.tools?.map((tool) => tool.cache_control)).toEqual([cache_control, undefined]);
    expect(body.messages[0]?.content).toEqual([{ type: "text", text: "Hi", cache_control }]);
    expect(JSON.stringify(body.messages[1])).not.toContain("cache_control");
  });

  // VicBilibily/GCMP#370: a mark of the caller's own beside four of ours was a fifth
  it("are the caller's alone where the caller has set one", () => {
    const messages = [
      { role: "user", content: [{ type: "text", text: "cache_control" }] },
    ] as never;
    const plain = { model: "m", max_tokens: 1, stream: true, messages } as const;
    const own = { ...plain, cache_control: { type: "ephemeral" } } as const;
    expect(withPromptCache(own, "1h")).toBe(own);
    expect(withPromptCache(plain, "1h")).not.toBe(plain);
  });
});

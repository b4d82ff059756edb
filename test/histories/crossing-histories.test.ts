import { createClaude } from "@acc/claude";
import { type ChatRequest, type Client, chain, type Message, type Reply } from "@acc/dual-mode";
import { chatCompletions, defineProvider } from "@acc/dual-mode/provider";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { dummyKey } from "../played/run-context.ts";
import { type Api, type StrictServer, startStrictServer } from "./strict-server.ts";

const apis: Readonly<Record<string, Api>> = {
  claude: "messages",
  "gemini 3": "generate-content",
  "gemini 2": "generate-content",
  groq: "chat-completions",
  openai: "responses",
  kit: "chat-completions",
};
const names = Object.keys(apis);
const servers = new Map<string, StrictServer>();
const clients = new Map<string, Client>();
const google = "https://generativelanguage.googleapis.com";

const createKit = defineProvider({
  id: "kit",
  defaultModel: "local",
  sdk: chatCompletions({ baseUrl: "", supports: ["multiTurn", "tools", "reasoning"] }),
});

beforeAll(async () => {
  for (const [name, api] of Object.entries(apis)) servers.set(name, await startStrictServer(api));
  const url = (name: string) => servers.get(name)?.url ?? "";
  const own = (name: string) => ({ baseUrl: url(name), ...shared });
  const shared = { apiKey: dummyKey, cache: false, retry: 0, only: "sdk", secrets: false } as const;
  clients.set("claude", createClaude({ ...own("claude"), model: "claude-haiku-4-5" }));
  clients.set(
    "gemini 3",
    createGemini({ ...own("gemini 3"), sdk: "genai", model: "gemini-3-pro" }),
  );
  // This package has one address, and asks it by the global fetch.
  const sdk = "generative-ai";
  clients.set("gemini 2", createGemini({ ...shared, sdk, model: "gemini-2.5-flash" }));
  clients.set("groq", createGroq(own("groq")));
  clients.set("openai", createOpenAI({ ...own("openai"), api: "responses" }));
  const { apiKey: _, ...keyless } = own("kit");
  clients.set("kit", createKit(keyless));
});

afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.close()));
  await Promise.all([...servers.values()].map((server) => server.close()));
});

afterEach(() => vi.unstubAllGlobals());

function reachGoogleOnLoopback(): void {
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: string | URL | Request, init?: RequestInit) => {
    const moved = String(input).replace(google, servers.get("gemini 2")?.url ?? "");
    return real(input instanceof Request ? input : moved, init);
  });
}

/** Asks a chain of all, of which one has time. */
async function ask(name: string, turn: "calls" | "text", request: ChatRequest): Promise<Reply> {
  for (const [each, server] of servers) server.turn = each === name ? turn : "overloaded";
  const others = names.filter((each) => each !== name);
  const inTurn = [others[0] ?? "", name].map((each) => clients.get(each) as Client);
  const reply = await chain(inTurn).chat(request);
  expect(reply.provider).toBe(name.split(" ")[0]);
  return reply;
}

/** How callers keep an answer: as it came, or its text and calls. */
const keepings: Readonly<Record<string, (reply: Reply) => Message>> = {
  content: ({ content }) => ({ role: "assistant", content }),
  "text and calls": ({ text, toolCalls }) => ({ role: "assistant", content: text, toolCalls }),
};

/** One answers after the other, with three calls in each but the last, whose results come in reverse. */
async function converse(turns: readonly string[], keep: (reply: Reply) => Message) {
  const tools = ["weather", "news"].map((name) => ({ name, inputSchema: { type: "object" } }));
  const messages: Message[] = [{ role: "user", content: "What is new?" }];
  for (const [index, name] of turns.entries()) {
    const last = index === turns.length - 1;
    const reply = await ask(name, last ? "text" : "calls", { messages, tools, reasoning: "low" });
    expect(reply.toolCalls).toHaveLength(last ? 0 : 3);
    messages.push(keep(reply));
    const results = reply.toolCalls.map(
      ({ id, input }, place): Message => ({
        role: "tool",
        toolCallId: id,
        content: place === 1 ? "" : `${name}: ${JSON.stringify(input)}`,
      }),
    );
    messages.push(...results.reverse());
    if (index === 1) messages.push({ role: "user", content: "Go on." });
  }
  const { toolCalls } = await ask(turns[0] ?? "", "text", {
    messages: [...messages, { role: "user", content: "Thanks." }],
  });
  expect(toolCalls).toEqual([]);
}

describe.each(Object.keys(keepings))("with answers kept by their %s", (keeping) => {
  const keep = keepings[keeping] as (reply: Reply) => Message;
  const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));

  it.each(pairs)("a conversation with tools goes from %s to %s and back", async (from, to) => {
    reachGoogleOnLoopback();
    await converse([from, to, from, to, to], keep);
  });

  it("a conversation with tools goes around", async () => {
    reachGoogleOnLoopback();
    await converse([...names, ...names.toReversed(), ...names], keep);
  });
});

/** What chat programs keep: cut emoji, blanks, greetings, turns that were broken off, calls left alone. */
const kept: readonly Message[] = [
  { role: "system", content: " " },
  { role: "assistant", content: "Hello, I am a bot." },
  { role: "assistant", content: "" },
  {
    role: "user",
    content: [
      { type: "text", text: "" },
      { type: "text", text: "cut \ud83c" },
    ],
  },
  { role: "user", content: "and more" },
  { role: "assistant", content: [{ type: "reasoning", text: "broken off", signature: "x:1" }] },
  {
    role: "assistant",
    content: "\n",
    toolCalls: [
      { id: "", name: "weather", input: '{"city":"\ud83c"}' },
      { id: "a|b", name: "weather", input: null },
      { id: "x".repeat(80), name: "news about\ud83c", input: [1] },
    ],
  },
  { role: "tool", toolCallId: "x".repeat(80), content: "", isError: true },
  { role: "user", content: "never mind" },
  { role: "tool", toolCallId: "", content: [{ type: "text", text: " " }] },
  { role: "assistant", content: "Fine. " },
  { role: "assistant", content: "Anything else?" },
  { role: "user", content: " " },
  { role: "user", content: "No. \udc00" },
  { role: "assistant", content: "" },
];

it.each(names)("a history as programs keep it goes to %s", async (name) => {
  reachGoogleOnLoopback();
  const tools = [{ name: "weather", description: "\ud83c", inputSchema: { title: "\ud83c" } }];
  const requests: Partial<ChatRequest>[] = [{}, { tools }, { system: "\ud83c", stop: ["\ud83c"] }];
  for (const more of requests) {
    const client = clients.get(name) as Client;
    const { stop: _, ...withoutStop } = more;
    const supported = name === "kit" ? {} : name === "openai" ? withoutStop : more;
    for (const server of servers.values()) server.turn = "text";
    expect((await client.chat({ messages: kept, ...supported })).text).toContain("says.");
  }
});

import { createClaude } from "@acc/claude";
import { type Client, chain, type Message, type Reply, type UserContent } from "@acc/dual-mode";
import { chatCompletions, defineProvider } from "@acc/dual-mode/provider";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dummyKey } from "../played/run-context.ts";
import { type Api, type StrictServer, startStrictServer } from "./strict-server.ts";

/** What each takes besides text and images. */
const apis: Readonly<Record<string, readonly [api: Api, ...takes: string[]]>> = {
  claude: ["messages", "pdf", "linked", "system"],
  "gemini 3": ["generate-content", "pdf", "linked"],
  "gemini 2": ["generate-content", "pdf", "linked"],
  groq: ["chat-completions", "linked", "system"],
  openai: ["responses", "pdf", "linked", "system"],
  kit: ["chat-completions", "pdf", "linked", "system"],
};
const names = Object.keys(apis);
const servers = new Map<string, StrictServer>();
const clients = new Map<string, Client>();

const createKit = defineProvider({
  id: "kit",
  defaultModel: "local",
  sdk: chatCompletions({
    baseUrl: "",
    supports: ["multiTurn", "tools", "images", "files", "imageUrls", "systemTurns"],
  }),
});

beforeAll(async () => {
  for (const [name, [api]] of Object.entries(apis)) servers.set(name, await startStrictServer(api));
  const url = (name: string) => servers.get(name)?.url ?? "";
  const shared = { apiKey: dummyKey, cache: false, retry: 0, only: "sdk", secrets: false } as const;
  const own = (name: string) => ({ baseUrl: url(name), ...shared });
  clients.set("claude", createClaude(own("claude")));
  clients.set("gemini 3", createGemini({ ...own("gemini 3"), model: "gemini-3-pro" }));
  clients.set("gemini 2", createGemini({ ...own("gemini 2"), model: "gemini-2.5-flash" }));
  const seeing = "meta-llama/llama-4-scout-17b-16e-instruct";
  clients.set("groq", createGroq({ ...own("groq"), model: seeing }));
  clients.set("openai", createOpenAI({ ...own("openai"), api: "responses" }));
  const { apiKey: _, ...keyless } = own("kit");
  clients.set("kit", createKit(keyless));
});

afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.close()));
  await Promise.all([...servers.values()].map((server) => server.close()));
});

const png = Buffer.from("89504e470d0a1a0a", "hex").toString("base64");
const seen: UserContent = { type: "image", mediaType: "image/png", data: png };
const media: Readonly<Record<string, Message>> = {
  pdf: {
    role: "user",
    content: [{ type: "file", mediaType: "application/pdf", data: "JVBERi0=", name: "Offer.pdf" }],
  },
  linked: { role: "user", content: [{ type: "image", url: "https://a.example/b.png" }] },
  system: { role: "system", content: "Be brief." },
};

async function ask(
  inTurn: readonly string[],
  turn: "calls" | "text",
  messages: readonly Message[],
): Promise<Reply> {
  for (const server of servers.values()) server.turn = turn;
  const asked = inTurn.map((name) => clients.get(name) as Client);
  const tools = ["weather", "news"].map((name) => ({ name, inputSchema: { type: "object" } }));
  return chain(asked).chat({ messages, tools });
}

/** The results of three calls, two of which show something. */
const shown = ({ toolCalls }: Reply): Message[] =>
  toolCalls.map(({ id }, place) => ({
    role: "tool",
    toolCallId: id,
    content: place === 1 ? "nothing" : [{ type: "text", text: `Seen ${place}.` }, seen],
    ...(place === 2 && { isError: true }),
  }));

const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));

describe.each(Object.keys(media))(
  "a conversation with images from tools, and a message: %s",
  (what) => {
    const taking = (name: string) => apis[name]?.includes(what);

    it.each(pairs)("goes from %s to %s and back, or on with the reason", async (from, to) => {
      const messages: Message[] = [
        { role: "user", content: "Look." },
        ...[media[what] as Message],
        { role: "user", content: "And tell." },
      ];
      for (const [first, second, turn] of [
        [from, to, "calls"],
        [to, from, "calls"],
        [from, to, "text"],
      ] as const) {
        const inTurn = [first, second, "kit"];
        const reply = await ask(inTurn, turn, messages);
        const taker = inTurn.find(taking);
        expect(reply.provider).toBe(taker?.split(" ")[0]);
        const skipped = reply.attempts.filter(({ code }) => code === "UNSUPPORTED_FEATURE");
        expect(skipped).toHaveLength(inTurn.indexOf(taker ?? ""));
        for (const { reason } of skipped) expect(reason).toMatch(/files|imageUrls|systemTurns/);
        messages.push({ role: "assistant", content: reply.content }, ...shown(reply));
      }
    });
  },
);

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  type Client,
  type ClientOptions,
  chatCompletions,
  defineProvider,
} from "@acc/dual-mode/provider";

/** How a vendor answers one request; `prompt` is the last thing that was said. */
export type Play = (response: ServerResponse, prompt: string) => void;

export interface Vendor {
  readonly url: string;
  /** Prompts in the order in which they came. */
  readonly prompts: string[];
  close(): Promise<void>;
}

/** A server of chat completions on loopback. */
export async function startVendor(play: Play = echo): Promise<Vendor> {
  const prompts: string[] = [];
  const server = createServer(async (request, response) => {
    const { messages } = JSON.parse(await text(request));
    const prompt = String(messages.at(-1).content);
    prompts.push(prompt);
    play(response, prompt);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    prompts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function echo(response: ServerResponse, prompt: string): void {
  answer(response, `re: ${prompt}`);
}

export function answer(response: ServerResponse, content: string, reason = "stop"): void {
  const usage = { prompt_tokens: 100, completion_tokens: 50 };
  const events = [
    { choices: [{ index: 0, delta: { content } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: reason }] },
    { choices: [], usage },
  ];
  const lines = events.map((event) => `data: ${JSON.stringify({ ...frame, ...event })}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(`${lines.join("")}data: [DONE]\n\n`);
}

const frame = { id: "a", object: "chat.completion.chunk", created: 1, model: "m" };

export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "error" } }));
}

/** US dollars for a million tokens. */
export const prices = { m: { input: 1_000, output: 2_000 } };

let clients = 0;

/** A client called `p` of that vendor: a provider of its own, for cooldowns are the process's. */
export function clientOf({ url }: Pick<Vendor, "url">, options: ClientOptions = {}): Client {
  clients += 1;
  const provider = defineProvider({
    id: `p-${clients}`,
    defaultModel: "m",
    sdk: chatCompletions({
      baseUrl: url,
      supports: ["system", "multiTurn", "maxOutputTokens", "schema"],
    }),
  });
  return provider({ name: "p", secrets: false, cache: false, retry: 0, prices, ...options });
}

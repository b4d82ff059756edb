import assert from "node:assert/strict";
import type { ResponseCache } from "@acc/cache";
import { createGroq } from "@acc/groq";
import { key } from "../harness/dummy-key.ts";

export type Asks = (prompt: string) => Promise<string>;

const model = "openai/gpt-oss-120b";

/** Our client over this cache, and the same cache without a client. */
export function oursWithCache(baseUrl: string, cache: ResponseCache) {
  const client = createGroq({ apiKey: key, baseUrl, secrets: false, cache, model });
  return {
    model,
    chat: async (prompt: string): Promise<string> => (await client.chat(prompt)).text,
    /** Finds each question's entry in the cache, which is the least that a hit can cost. */
    floor: (prompts: readonly string[]) => (count: number) => {
      for (let at = 0; at < count; at++) {
        cache.get(cache.key(request(prompts[at % prompts.length] as string, baseUrl)));
      }
    },
    /** Every question is a hit, under the very key that the floor makes. */
    async checkHits(prompts: readonly string[]): Promise<void> {
      for (const prompt of prompts) {
        const { cached, cid } = await client.chat(prompt);
        assert.ok(cached);
        assert.equal(cid, cache.key(request(prompt, baseUrl)));
      }
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** What a client gives the cache for a prompt. */
function request(prompt: string, endpoint: string): object {
  const messages = [{ role: "user", content: [{ type: "text", text: prompt }] }];
  return { provider: "groq", endpoint, model, messages };
}

export function over(prompts: readonly string[], ask: Asks) {
  return async (count: number): Promise<void> => {
    for (let at = 0; at < count; at++) await ask(prompts[at % prompts.length] as string);
  };
}

import { type BatchOptions, type BatchResult, runBatch } from "@acc/batch";
import { type ClaudeOptions, createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI, type OpenAIOptions } from "@acc/openai";
import { afterEach } from "vitest";
import { testKey } from "./acc.ts";
import { startFileBatches } from "./file-batches.ts";
import { startGeminiBatches } from "./gemini-batches.ts";
import { startMessageBatches } from "./message-batches.ts";

const own = { apiKey: testKey, cache: false, secrets: false } as const;

/** A vendor of its own for a client each, closed after the test, and runs of a test's files. */
export function vendorClients(file: (name: string) => string) {
  const open: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  function opened<T extends { close(): Promise<unknown> }>(one: T): T {
    open.push(one);
    return one;
  }
  return {
    run(client: Client, options: Partial<BatchOptions> = {}): Promise<BatchResult> {
      const vendorBatch = { poll: 20, ...(options.vendorBatch as object | undefined) };
      const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
      return runBatch({ client, ...paths, ...options, vendorBatch });
    },
    async claude(options: ClientOptions & ClaudeOptions = {}) {
      const vendor = opened(await startMessageBatches());
      const create = (more: ClientOptions & ClaudeOptions = {}) => {
        const model = { baseUrl: vendor.url, model: "claude-haiku-4-5" };
        return opened(createClaude({ ...own, ...model, ...options, ...more }));
      };
      return { vendor, create, client: create() };
    },
    async openai() {
      const vendor = opened(await startFileBatches());
      const create = (more: ClientOptions & OpenAIOptions = {}) => {
        const model = { baseUrl: vendor.url, model: "gpt-4o-mini" };
        return opened(createOpenAI({ ...own, ...model, ...more }));
      };
      return { vendor, create, client: create() };
    },
    async groq() {
      const vendor = opened(await startFileBatches());
      const model = { baseUrl: vendor.origin, model: "llama-3.3-70b-versatile" };
      return { vendor, client: opened(createGroq({ ...own, ...model })) };
    },
    async gemini() {
      const vendor = opened(await startGeminiBatches());
      const model = { baseUrl: vendor.url, model: "gemini-2.5-flash" };
      return { vendor, client: opened(createGemini({ ...own, ...model })) };
    },
  };
}

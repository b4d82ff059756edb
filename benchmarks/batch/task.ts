import { appendFile, readFile } from "node:fs/promises";
import { runBatch } from "@acc/batch";
import { createGroq } from "@acc/groq";
import Groq from "groq-sdk";
import pLimit from "p-limit";
import { key } from "../harness/dummy-key.ts";

export interface Order {
  /** Ours by a vendor or by the cache, or a bare loop. */
  readonly way: "ours" | "bare";
  readonly input: string;
  readonly output: string;
  readonly url: string;
  /** Where answers are kept; absent where they are not. */
  readonly cache?: string;
}

export interface Ran {
  readonly ms: number;
  readonly cpuMs: number;
  readonly answered: number;
  /** Bytes. */
  readonly peak: number;
}

const atOnce = 64;
const model = "openai/gpt-oss-120b";

/** Answers all lines of a file. */
export async function run(order: Order): Promise<Ran> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const answered = await { ours, bare }[order.way](order);
  const { user, system } = process.cpuUsage(cpu);
  return {
    ms: performance.now() - begun,
    cpuMs: (user + system) / 1_000,
    answered,
    peak: process.resourceUsage().maxRSS * 1_024,
  };
}

async function ours({ input, output, url, cache }: Order): Promise<number> {
  if (cache !== undefined) process.env.ACC_CACHE_DIR = cache;
  const own = { apiKey: key, baseUrl: url, only: "sdk", secrets: false } as const;
  const client = createGroq({ ...own, ...(cache === undefined && { cache: false }) });
  const { answered } = await runBatch({ client, input, output, concurrency: atOnce });
  await client.close();
  return answered;
}

/** What people write: all lines in memory, a limit of calls at once, each answer appended. */
async function bare({ input, output, url }: Order): Promise<number> {
  const client = new Groq({ apiKey: key, baseURL: url });
  const limit = pLimit(atOnce);
  const lines = (await readFile(input, "utf8")).trim().split("\n");
  const ask = async (line: string, index: number) => {
    const messages = [{ role: "user" as const, content: JSON.parse(line) as string }];
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    let text = "";
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    await appendFile(output, `${JSON.stringify({ id: index, text })}\n`);
  };
  await Promise.all(lines.map((line, index) => limit(() => ask(line, index))));
  return lines.length;
}

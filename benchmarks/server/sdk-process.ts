import Groq from "groq-sdk";
import { key } from "../harness/dummy-key.ts";
import { type Ask, questionOf } from "./ask.ts";
import type { Loaded } from "./load.ts";
import type { LoopOrder } from "./sdk-alone.ts";

/**
 * `sdk-process.ts UPSTREAM`: the official SDK by which @acc/groq calls, asked in a loop and serving
 * nobody. A server that calls by it takes requests and writes answers besides.
 */
const [, , baseURL = ""] = process.argv;
const model = "openai/gpt-oss-120b";
const sdk = new Groq({ apiKey: key, baseURL, maxRetries: 0 });

process.on("message", async (order: LoopOrder) => {
  process.send?.(await loop(order));
});
process.once("disconnect", () => process.exit());
process.send?.("ready");

/** As many calls at once as there are connections, each followed by the next. */
async function loop({ ask, connections, seconds }: LoopOrder): Promise<Loaded> {
  const times: number[] = [];
  const begun = performance.now();
  const asking = async () => {
    for (let now = begun; now < begun + seconds * 1_000; ) {
      await answered(ask);
      times.push(performance.now() - now);
      now = performance.now();
    }
  };
  await Promise.all(Array.from({ length: connections }, asking));
  const rate = times.length / ((performance.now() - begun) / 1_000);
  const mean = times.reduce((total, each) => total + each, 0) / times.length;
  const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
  return { rate, mean, p99: Math.max(1, Math.round(p99)) };
}

async function answered(ask: Ask): Promise<void> {
  const { stream, ...question } = questionOf(ask, model);
  if (!stream) {
    await sdk.chat.completions.create(question);
    return;
  }
  for await (const _ of await sdk.chat.completions.create({ ...question, stream }));
}

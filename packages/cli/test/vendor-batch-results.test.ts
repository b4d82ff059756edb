import { existsSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { runBatch } from "@acc/batch";
import { createClaude } from "@acc/claude";
import { expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import { prompts, vendorBatchScene } from "./vendor-batch-scene.ts";

let vendor: MessageBatches;
const { file, given, lines } = vendorBatchScene(startMessageBatches, (anew) => {
  ({ vendor } = anew);
});

async function run() {
  const client = createClaude({
    ...{ apiKey: testKey, baseUrl: vendor.url, cache: false },
    model: "claude-haiku-4-5",
  });
  try {
    const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
    return await runBatch({ client, ...paths, vendorBatch: { poll: 50 } });
  } finally {
    await client.close();
  }
}

/** Answers of a MiB each. */
function longAnswers(prompt: string): object {
  const content = [{ type: "text", text: `${prompt} ${"x".repeat(1024 * 1024)}` }];
  return {
    type: "succeeded",
    message: {
      ...{ id: "msg_1", type: "message", role: "assistant", model: "claude-haiku-4-5", content },
      ...{ stop_reason: "end_turn", stop_sequence: null },
      usage: { input_tokens: 100, output_tokens: 50 },
    },
  };
}

it("writes results while others are still to come, so that no more than some MiB are in memory", async () => {
  const count = 20;
  await given(prompts(count));
  vendor.plays.result = longAnswers;
  let written = 0;
  vendor.plays.halfway = async () => {
    const end = Date.now() + 30_000;
    const size = () => (existsSync(file("out.jsonl")) ? statSync(file("out.jsonl")).size : 0);
    while (size() === 0 && Date.now() < end) await setTimeout(20);
    written = size();
  };
  expect(await run()).toMatchObject({ answered: count, failed: 0, pending: 0 });
  expect(written).toBeGreaterThan(0);
  const all = await lines("out.jsonl");
  expect(all.map(({ line, reply }) => [line, reply.text.split(" ")[0]])).toEqual(
    prompts(count).map((prompt, index) => [index + 1, prompt]),
  );
});

it("goes on where the connection ended in the middle of the results, and writes each line once", async () => {
  await given(prompts(4));
  let cuts = 0;
  vendor.plays.halfway = async () => {
    cuts += 1;
    if (cuts === 1) throw new Error("cut");
  };
  expect(await run()).toMatchObject({ answered: 4, failed: 0 });
  expect(cuts).toBe(2);
  expect(await lines("out.jsonl")).toHaveLength(4);
});

/** anthropics/anthropic-sdk-python#1432: 404 a second after it was made, while it goes on, and for its results. */
it("waits where the vendor says for a while that it does not know a batch that it has", async () => {
  await given(prompts(2));
  const unknown = [true, false, true, false, true, true, false];
  vendor.plays.looks = 2;
  vendor.plays.unknown = () => unknown.shift() ?? false;
  expect(await run()).toMatchObject({ answered: 2, failed: 0, pending: 0 });
  expect(unknown).toEqual([]);
  expect(vendor.batches).toHaveLength(1);
});

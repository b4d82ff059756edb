import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBatch } from "@acc/batch";
import { type Client, createClaude, type VendorBatches } from "@acc/claude";
import { expect, it, onTestFinished } from "vitest";
import { testKey } from "./acc.ts";
import { startMessageBatches } from "./message-batches.ts";

async function scene() {
  const vendor = await startMessageBatches();
  const folder = mkdtempSync(join(tmpdir(), "acc-vendor-"));
  const client: Client = createClaude({
    ...{ apiKey: testKey, baseUrl: vendor.url, cache: false, retry: 0 },
    model: "claude-haiku-4-5",
  });
  onTestFinished(async () => {
    await client.close();
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const input = join(folder, "in.jsonl");
  const output = join(folder, "out.jsonl");
  writeFileSync(input, '"p1"\n"p2"\n');
  const answers = () => {
    const lines = readFileSync(output, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line).reply.text).sort();
  };
  const run = () => runBatch({ client, input, output, vendorBatch: { poll: 50 } });
  return { vendor, client, run, answers };
}

it("reads what is paid for also while a plain call's refusal has the key left alone", async () => {
  const { vendor, client, run, answers } = await scene();
  const message = "Your credit balance is too low to access the Anthropic API.";
  vendor.plays.refusing = { type: "invalid_request_error", message };
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  let isRefused = false;
  vendor.plays.looking = () => {
    if (isRefused) return;
    isRefused = true;
    void client.chat("another").catch((error) => {
      expect(error.code).toBe("QUOTA_EXHAUSTED");
      vendor.plays.looks = 1;
    });
  };
  expect(await run()).toMatchObject({ answered: 2, failed: 0, pending: 0 });
  expect(answers()).toEqual(["re: p1", "re: p2"]);
  await expect(client.chat("a third")).rejects.toMatchObject({ code: "QUOTA_EXHAUSTED" });
  expect(vendor.plain).toHaveLength(1);
});

it("leaves the lines of a batch pending where its results were not even read", async () => {
  const { client, run } = await scene();
  const ask = client.vendorBatches?.bind(client);
  client.vendorBatches = async (options) => {
    const batches = (await ask?.(options)) as VendorBatches;
    const reply: VendorBatches["reply"] = (request, result, call) =>
      batches.reply({ ...request, model: 7 as never }, result, call);
    return { ...batches, reply };
  };
  const { failed, pending, stopped } = await run();
  expect({ failed, pending, stopped }).toMatchObject({
    ...{ failed: 0, pending: 2, stopped: { code: "INVALID_REQUEST" } },
  });
});

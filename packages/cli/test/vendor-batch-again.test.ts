import type { ChildProcess } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { runBatch } from "@acc/batch";
import { createClaude } from "@acc/claude";
import { beforeEach, expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import { vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: MessageBatches;
const { file, answers, given } = vendorBatchScene(startMessageBatches, (anew) => {
  ({ home, vendor } = anew);
});

beforeEach(() => given(["p1", "p2"]));
function run(args = "", whenSpawned?: (child: ChildProcess) => void): Promise<AccRun> {
  const words = `batch in.jsonl -o out.jsonl --poll 1 --no-cache -p claude ${args}`.trim();
  return home.acc([...words.split(" "), "-m", "claude-haiku-4-5"], {
    env: { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url },
    ...(whenSpawned && { whenSpawned }),
  });
}

/** In this process, a line a batch. */
async function runLines() {
  const client = createClaude({
    ...{ apiKey: testKey, baseUrl: vendor.url, cache: false },
    model: "claude-haiku-4-5",
  });
  try {
    const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
    return await runBatch({ client, ...paths, vendorBatch: { poll: 50, lines: 1 } });
  } finally {
    await client.close();
  }
}

it("waits where the vendor takes no more batches, until one that it has is answered", async () => {
  vendor.plays.looks = 3;
  vendor.plays.refused = () => ((vendor.batches[0]?.looks ?? 3) < 3 ? 429 : undefined);
  expect(await runLines()).toMatchObject({ answered: 2, failed: 0, pending: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
  expect(await answers()).toEqual(["re: p1", "re: p2"]);
});

it("fails no line by a vendor that takes no batch at all", async () => {
  vendor.plays.refused = () => 429;
  const { failed, pending, stopped } = await runLines();
  expect({ failed, pending, stopped }).toMatchObject({
    ...{ failed: 0, pending: 2, stopped: { code: "RATE_LIMITED" } },
  });
});

it("looks in the list where a submission is answered with a conflict, before it submits again", async () => {
  vendor.plays.conflict = 409;
  vendor.plays.submitting = () => {
    if (vendor.batches.length > 0) vendor.plays.conflict = undefined;
    return false;
  };
  expect(await runLines()).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
});

/** A run that is killed between its last answer and its word that a batch is over leaves its ledger. */
async function leftLedger(): Promise<void> {
  vendor.plays.sending = () => copyFileSync(file("out.jsonl.vendor"), file("kept"));
  await run("--vendor-batch");
  vendor.plays.sending = undefined;
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  copyFileSync(file("kept"), file("out.jsonl.vendor"));
}

it("clears what a killed run has left where nothing is to be asked any more", async () => {
  await leftLedger();
  vendor.batches.splice(0);
  expect(await run("--vendor-batch")).toMatchObject({ code: 0 });
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  expect(await run()).toMatchObject({ code: 0 });
});

it("asks again for what failed where a killed run has left its ledger", async () => {
  const told = { type: "error", error: { type: "invalid_request_error", message: "no" } };
  vendor.plays.result = (prompt) =>
    prompt === "p2" ? { type: "errored", error: told } : undefined;
  await leftLedger();
  vendor.plays.result = undefined;
  expect(await run("--vendor-batch --retry-failed")).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2", "p2"]);
  expect(await answers()).toEqual(["re: p1", "re: p2"]);
});

it("says which batch the vendor does not know, and gives it up when told to", async () => {
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await run("--vendor-batch", (child) => {
    vendor.plays.looking = () => {
      vendor.plays.looking = undefined;
      child.kill("SIGKILL");
    };
  });
  Object.assign(vendor.plays, { looks: 1 });
  vendor.batches.splice(0);
  const { stderr } = await run("--vendor-batch");
  expect(stderr).toMatch(/knows no batch msgbatch_1[\s\S]*\(BATCH_UNKNOWN\)[\s\S]*with --cancel/);
  expect((await run("--cancel")).stderr).toContain("(CANCELLED)");
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  expect(await run("--vendor-batch")).toMatchObject({ code: 0 });
  expect(await answers()).toEqual(["re: p1", "re: p2"]);
});

import { copyFileSync, existsSync } from "node:fs";
import { runBatch } from "@acc/batch";
import { createClaude } from "@acc/claude";
import { beforeEach, expect, it } from "vitest";
import { type AccHome, testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import { vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: MessageBatches;
const { file, given, lines } = vendorBatchScene(startMessageBatches, (anew) => {
  ({ home, vendor } = anew);
});

beforeEach(() => given(["p1", "p2"]));

async function run(vendorBatch: boolean, given: { retryFailed?: boolean } = {}) {
  const client = createClaude({
    ...{ apiKey: testKey, baseUrl: vendor.url, cache: false },
    ...{ model: "claude-haiku-4-5", only: "sdk", retry: 0 },
  });
  try {
    const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
    return await runBatch({
      ...{ client, ...paths, ...given },
      ...(vendorBatch && { vendorBatch: { poll: 50 } }),
    });
  } finally {
    await client.close();
  }
}

/** A batch that has ended, of which p2 expired; the run was killed before it noted that it is over. */
async function endedWithFailure(): Promise<void> {
  vendor.plays.sending = () => copyFileSync(file("out.jsonl.vendor"), file("kept"));
  vendor.plays.result = (prompt) => (prompt === "p2" ? { type: "expired" } : undefined);
  expect(await run(true)).toMatchObject({ answered: 1, failed: 1 });
  copyFileSync(file("kept"), file("out.jsonl.vendor"));
}

it("asks one by one for what failed in a vendor's batch, where nothing is there any more", async () => {
  await endedWithFailure();
  expect(await run(false, { retryFailed: true })).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.plain).toHaveLength(1);
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  expect(await lines("out.jsonl")).toHaveLength(2);
});

it("refuses it where lines are still at the vendor, whom it names, and says what to do", async () => {
  const args = "batch in.jsonl -o out.jsonl --vendor-batch --poll 1 -p claude -m claude-haiku-4-5";
  const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url };
  vendor.plays.looks = 1_000;
  await home.acc(args.split(" "), {
    env,
    whenSpawned: (child) => {
      vendor.plays.looking = () => child.kill("SIGKILL");
    },
  });
  vendor.plays.looking = undefined;
  const again = await home.acc(args.replace("--vendor-batch", "--retry-failed").split(" "), {
    env,
  });
  expect(again.code).toBe(2);
  expect(again.stderr).toBe(
    "acc: Lines of out.jsonl are in batches of claude, and would be asked twice. (INVALID_OPTION)\n" +
      "Go on with --vendor-batch, or cancel them there first (--cancel).\n",
  );
  expect(vendor.plain).toEqual([]);
});

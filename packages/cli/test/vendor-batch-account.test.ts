import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
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
const usual = { ANTHROPIC_API_KEY: testKey };
function run(
  env: Record<string, string>,
  whenSpawned?: (child: ChildProcess) => void,
): Promise<AccRun> {
  const words = "batch in.jsonl -o out.jsonl --vendor-batch --poll 1 --no-cache -p claude";
  return home.acc([...words.split(" "), "-m", "claude-haiku-4-5"], {
    env: { ANTHROPIC_BASE_URL: vendor.url, ...env },
    ...(whenSpawned && { whenSpawned }),
  });
}

/** A run that is killed when the vendor has its batch, and it does not know that yet. */
async function killedRun(): Promise<void> {
  let end = () => {};
  vendor.plays.submitted = () => {
    vendor.plays.submitted = undefined;
    end();
    return true;
  };
  const { code } = await run(usual, (child) => {
    end = () => child.kill("SIGKILL");
  });
  expect(code).toBe(null);
}

it("waits for a batch to be listed, however often it looks for the end", async () => {
  await killedRun();
  vendor.plays.listedAfter = 6_000;
  expect(await run(usual)).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
});

it("submits nothing anew where another account is asked, says which one it was, and goes on with that", async () => {
  await killedRun();
  const other = await run({ ANTHROPIC_API_KEY: "another-key-that-opens-nothing" });
  expect(other.stderr).toContain("(OTHER_ACCOUNT)");
  expect(other.stderr).toContain(`${vendor.url} with the key whose SHA-256 begins with`);
  const elsewhere = await run({ ...usual, ANTHROPIC_BASE_URL: `${vendor.url}/elsewhere` });
  expect(elsewhere.stderr).toContain("(OTHER_ACCOUNT)");
  expect(vendor.batches).toHaveLength(1);
  expect(await run(usual)).toMatchObject({ code: 0 });
  expect(await answers()).toEqual(["re: p1", "re: p2"]);
  expect(vendor.batches).toHaveLength(1);
});

it("asks by the key that a batch was submitted with, whatever keys have come since", async () => {
  const sum = (key: string) => createHash("sha256").update(key).digest("hex");
  const [first = "", later = ""] = ["one-test-key-of-two", "the-other-test-key-of-two"].sort(
    (one, other) => (sum(one) < sum(other) ? -1 : 1),
  );
  const go = async (apiKeys: readonly string[], signal?: AbortSignal) => {
    const client = createClaude({
      ...{ apiKeys, baseUrl: vendor.url, cache: false, model: "claude-haiku-4-5" },
    });
    const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
    try {
      const how = { client, vendorBatch: { poll: 50 }, ...(signal && { signal }) };
      return await runBatch({ ...paths, ...how });
    } finally {
      await client.close();
    }
  };
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  expect(await go([later], ending.signal)).toMatchObject({ pending: 2 });
  Object.assign(vendor.plays, { looks: 1, looking: undefined });
  expect(await go([first, later])).toMatchObject({ answered: 2 });
  expect(vendor.requests.at(-1)?.headers.authorization).toBe(`Bearer ${later}`);
});

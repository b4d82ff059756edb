import { writeFile } from "node:fs/promises";
import { runBatch } from "@acc/batch";
import { createGemini } from "@acc/gemini";
import { expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type GeminiBatches, startGeminiBatches } from "./gemini-batches.ts";
import { vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: GeminiBatches;
const { file, given, lines, failures } = vendorBatchScene(startGeminiBatches, (anew) => {
  ({ home, vendor } = anew);
});

function acc(args: string): Promise<AccRun> {
  const env = { GEMINI_API_KEY: testKey, GOOGLE_GEMINI_BASE_URL: vendor.url };
  return home.acc([...args.split(" "), "-p", "gemini", "-m", "gemini-2.5-flash"], { env });
}

/** In this process. */
async function run(options: { baseUrl?: string; sdk?: "generative-ai"; again?: boolean } = {}) {
  const { baseUrl = vendor.url, sdk, again = false } = options;
  const client = createGemini({
    ...{ apiKey: testKey, baseUrl, cache: false, secrets: false },
    ...{ model: "gemini-2.5-flash", ...(sdk && { sdk }) },
  });
  try {
    const paths = { input: file("in.jsonl"), output: file("out.jsonl") };
    return await runBatch({ client, ...paths, vendorBatch: { poll: 20 }, retryFailed: again });
  } finally {
    await client.close();
  }
}

const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };

it("sends the body of a plain call in a line of its own key", async () => {
  await given(["p1"]);
  await writeFile(file("schema.json"), JSON.stringify(schema));
  const how = "--system short --max-tokens 77 --temperature 0.5 --schema schema.json";
  await acc(`batch in.jsonl -o out.jsonl --vendor-batch --poll 1 --no-cache ${how}`);
  await acc(`chat p1 ${how} --no-cache --only sdk`);
  const [line] = vendor.lines();
  expect(line?.request).toEqual(JSON.parse(vendor.plain[0] ?? ""));
  expect(line?.key).toMatch(/^[\w-]{1,40}$/);
});

/**
 * Requests in the body of a batch are answered in any order (googleapis/python-genai#1909), and what
 * would tell them apart is not given back (googleapis/python-genai#2008, googleapis/js-genai#1191).
 */
it("gives each line its own result by its key, whatever order they come in", async () => {
  await given(["p1", "p2", "p3", "p4"]);
  vendor.plays.results = ([a = "", b = "", c = "", d = ""]) => [c, a, d, b];
  expect(await run()).toMatchObject({ answered: 4 });
  const all = await lines("out.jsonl");
  expect(all.map(({ reply }) => reply.text)).toEqual(["re: p1", "re: p2", "re: p3", "re: p4"]);
});

it("submits a file for each model", async () => {
  await given(["p1", { prompt: "p2", model: "gemini-2.5-pro" }]);
  expect(await run()).toMatchObject({ answered: 2 });
  expect(vendor.batches.map(({ model }) => model)).toEqual(["gemini-2.5-flash", "gemini-2.5-pro"]);
});

it("asks the same of the package that has no batches", async () => {
  await given(["p1"]);
  expect(await run({ sdk: "generative-ai" })).toMatchObject({ answered: 1 });
});

/** Jobs that wait longer than the vendor allows expire, all their requests with them (googleapis/python-genai#2439). */
it.each(["BATCH_STATE_", "JOB_STATE_"])(
  "fails every line of a batch that expired with TIMEOUT (%sEXPIRED), and asks again",
  async (words) => {
    await given(["p1", "p2"]);
    Object.assign(vendor.plays, { words, state: "EXPIRED" });
    expect(await run()).toMatchObject({ failed: 2, pending: 0 });
    expect(await failures()).toEqual([
      [1, "TIMEOUT"],
      [2, "TIMEOUT"],
    ]);
    vendor.plays.state = undefined;
    expect(await run({ again: true })).toMatchObject({ answered: 2 });
  },
);

/** The codes of results are google.rpc's, and not HTTP's. */
it("fails a line by its own error alone", async () => {
  await given(["p1", "p2", "p3", "p4", "p5"]);
  const results: Record<string, object> = {
    p1: { error: { code: 1, message: "The operation was cancelled." } },
    p2: { error: { code: 3, message: "Unable to process input image." } },
    p3: { error: { code: 8, message: "Resource has been exhausted (e.g. check quota)." } },
    p4: { error: { code: 13, message: "Internal error encountered." } },
  };
  vendor.plays.result = (prompt) => results[prompt];
  expect(await run()).toMatchObject({ answered: 1, failed: 4 });
  expect(await failures()).toEqual([
    [1, "ABORTED"],
    [2, "INVALID_REQUEST"],
    [3, "RATE_LIMITED"],
    [4, "SERVER_ERROR"],
  ]);
});

it("says of a blocked prompt and of a line without a result what they are", async () => {
  await given(["p1", "p2"]);
  const blocked = { response: { promptFeedback: { blockReason: "SAFETY" } } };
  vendor.plays.result = (prompt) => (prompt === "p1" ? blocked : undefined);
  vendor.plays.results = (all) => all.filter((line) => !line.includes("re: p2"));
  await run();
  expect(await failures()).toEqual([
    [1, "CONTENT_FILTERED"],
    [2, "INVALID_OUTPUT"],
  ]);
});

const quota = {
  error: {
    ...{ code: 429, status: "RESOURCE_EXHAUSTED" },
    message: "You exceeded your current quota, please check your plan and billing details.",
  },
};

/** Creating a batch is refused with 429 while others wait (googleapis/js-genai#1264). */
it("waits where no batch is taken beside another, and submits it when that has ended", async () => {
  await given(["p1", { prompt: "p2", model: "gemini-2.5-pro" }]);
  vendor.plays.unmade = () => ((vendor.batches[0]?.looks ?? 1) < 1 ? quota : undefined);
  expect(await run()).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
});

it("submits again what a failed batch had no part in", async () => {
  await given(["p1", "p2"]);
  const error = { code: 8, message: "Too many enqueued tokens." };
  vendor.plays.error = ({ id }) => (id === "b1" ? error : undefined);
  expect(await run()).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.batches.map((batch) => batch.lines.length)).toEqual([2, 1, 1]);
});

it("says of each line why the whole batch has failed", async () => {
  await given(["p1"]);
  vendor.plays.error = () => ({ code: 3, message: "Invalid value at 'contents[0].role'." });
  await run();
  const [failure] = await lines("out.jsonl.failed.jsonl");
  expect(failure.error).toMatchObject({ code: "INVALID_REQUEST" });
  expect(failure.error.message).toContain("Invalid value at 'contents[0].role'.");
});

it("waits for a state that it does not know, and for a file that comes later than the state", async () => {
  await given(["p1"]);
  Object.assign(vendor.plays, { state: "MOVING" });
  vendor.plays.looking = () => {
    if ((vendor.batches[0]?.looks ?? 0) < 3) return;
    Object.assign(vendor.plays, { state: undefined, fileAfter: 5 });
  };
  expect(await run()).toMatchObject({ answered: 1 });
  expect(vendor.batches[0]?.looks).toBeGreaterThanOrEqual(5);
});

/** A cancelled job may be finished all the same (Embassy-of-the-Free-Mind/sourcelibrary-v2#643). */
it("keeps the answers of a batch that ended before its cancellation came", async () => {
  await given(["p1"]);
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  const client = createGemini({
    ...{ apiKey: testKey, baseUrl: vendor.url, cache: false, secrets: false },
    model: "gemini-2.5-flash",
  });
  const paths = { client, input: file("in.jsonl"), output: file("out.jsonl") };
  await runBatch({ ...paths, vendorBatch: { poll: 20 }, signal: ending.signal });
  // It is still running when it is looked at, and over when it is cancelled.
  vendor.plays.looking = () => {
    vendor.plays.looks = (vendor.batches[0]?.looks ?? 0) + 1;
    vendor.plays.looking = undefined;
  };
  const { answered, stopped } = await runBatch({
    ...{ ...paths, vendorBatch: { poll: 20, cancel: true } },
  });
  await client.close();
  expect({ answered, code: stopped?.code }).toEqual({ answered: 1, code: "CANCELLED" });
});

it("uploads to the caller's own address, whatever address the vendor tells", async () => {
  await given(["p1"]);
  vendor.plays.elsewhere = "http://127.0.0.1:9";
  expect(await run()).toMatchObject({ answered: 1 });
});

import type { ChildProcess } from "node:child_process";
import { prices } from "@acc/prices";
import { expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type FileBatches, responseOf, startFileBatches } from "./file-batches.ts";
import { vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: FileBatches;
const { given, lines, failures } = vendorBatchScene(startFileBatches, (anew) => {
  ({ home, vendor } = anew);
});
const model = "gpt-4o-mini";

function acc(args: string, whenSpawned?: (child: ChildProcess) => void): Promise<AccRun> {
  const env = { OPENAI_API_KEY: testKey, OPENAI_BASE_URL: vendor.url };
  const words = [...args.split(" "), "-p", "openai", "-m", model];
  return home.acc(words, { env, ...(whenSpawned && { whenSpawned }) });
}

const run = (args = "--no-cache", whenSpawned?: (child: ChildProcess) => void) =>
  acc(`batch in.jsonl -o out.jsonl --vendor-batch --poll 1 ${args}`.trim(), whenSpawned);

it("submits a file for each model, with the bodies of plain calls, and keeps what comes back", async () => {
  await given(["p1", "p2", { prompt: "p3", model: "gpt-4o" }]);
  expect(await run("--max-tokens 77")).toMatchObject({ code: 0 });
  expect(vendor.batches.map((batch) => batch.lines.length)).toEqual([2, 1]);
  const all = await lines("out.jsonl");
  expect(all.map(({ reply }) => reply.text)).toEqual(["re: p1", "re: p2", "re: p3"]);
  const whole = prices({ inputTokens: 100, outputTokens: 50 }, model, "openai") ?? 0;
  expect(all[0].cost.amount).toBeCloseTo(whole / 2, 12);
  expect((await acc("chat p1 --max-tokens 77 --only sdk")).stdout).toContain("re: p1");
  expect(vendor.plain).toEqual([]);
  await acc("chat p1 --max-tokens 77 --only sdk --no-cache");
  const { stream: _, stream_options: __, ...plain } = JSON.parse(vendor.plain[0] ?? "");
  expect(vendor.lines()[0]).toMatchObject({
    method: "POST",
    url: "/v1/chat/completions",
    body: plain,
  });
});

it("finds its own batch in the list where it was killed before the vendor's answer came", async () => {
  await given(["p1", "p2"]);
  let end = () => {};
  vendor.plays.submitted = () => {
    vendor.plays.submitted = undefined;
    end();
    return true;
  };
  const killed = await run("--no-cache", (child) => {
    end = () => child.kill("SIGKILL");
  });
  expect(killed.code).toBe(null);
  expect(await run()).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
  expect((await lines("out.jsonl")).map(({ line }) => line)).toEqual([1, 2]);
});

/**
 * A refusal is in the body of a response (openai/openai-openapi#302), and a batch whose every line was
 * refused is completed without a file of answers (ProjectTech4DevAI/kaapi-backend#723).
 */
it("reads what was not answered from the file of errors, also where there is no other", async () => {
  await given(["p1", "p2"]);
  const told = { message: "max_tokens is too large", type: "invalid_request_error" };
  vendor.plays.error = () => responseOf(400, { error: told });
  expect(await run()).toMatchObject({ code: 1 });
  const failures = await lines("out.jsonl.failed.jsonl");
  expect(failures.map(({ error }) => [error.code, error.status])).toEqual([
    ["INVALID_REQUEST", 400],
    ["INVALID_REQUEST", 400],
  ]);
  vendor.plays.error = undefined;
  expect(await run("--no-cache --retry-failed")).toMatchObject({ code: 0 });
});

it("keeps what an expired batch has answered, and fails the rest so that it is asked anew", async () => {
  await given(["p1", "p2", "p3"]);
  const expired = { response: null, error: { code: "batch_expired", message: "not in time" } };
  vendor.plays.status = "expired";
  vendor.plays.error = (prompt) => (({ p2: expired, p3: {} }) as Record<string, object>)[prompt];
  await run();
  expect((await lines("out.jsonl")).map(({ line }) => line)).toEqual([1]);
  expect(await failures()).toEqual([
    [2, "TIMEOUT"],
    [3, "TIMEOUT"],
  ]);
});

/** A file that is refused makes a batch that fails, and no error of its creation (openai/openai-python#1643). */
it("says of each line why the whole batch has failed", async () => {
  await given(["p1"]);
  const message = "This line is not parseable as valid JSON.";
  vendor.plays.status = "failed";
  vendor.plays.errors = { object: "list", data: [{ code: "invalid_json_line", message }] };
  await run();
  const [failure] = await lines("out.jsonl.failed.jsonl");
  expect(failure.error.message).toContain(message);
});

const tooMuch = {
  code: "token_limit_exceeded",
  message: "Enqueued token limit reached for gpt-4o-mini in organization org-1.",
};

it("submits again what was too much beside another batch, once that has ended", async () => {
  await given(["p1", { prompt: "p2", model: "gpt-4o" }]);
  vendor.plays.refused = ({ id }) => (id === "batch_2" ? tooMuch : undefined);
  expect(await run()).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2", "p2"]);
  expect((await lines("out.jsonl")).map(({ line }) => line)).toEqual([1, 2]);
});

it("submits less at once where a batch is too much alone, and ends where each line is", async () => {
  await given(["p1", "p2", "p3"]);
  vendor.plays.refused = (batch) => (batch.lines.length > 2 ? tooMuch : undefined);
  expect(await run()).toMatchObject({ code: 0 });
  expect(vendor.batches.map((batch) => batch.lines.length)).toEqual([3, 2, 1]);
  await given(["p4"]);
  vendor.plays.refused = () => tooMuch;
  const more = "batch in.jsonl -o more.jsonl --vendor-batch --poll 1 --no-cache";
  const { stderr } = await acc(more);
  expect(stderr).toContain("(RATE_LIMITED)");
  expect(stderr).toContain("0 failed, 1 to be asked");
});

it("stops where the account has no money left for a batch, and asks for its lines when it has", async () => {
  await given(["p1", "p2"]);
  vendor.plays.refused = () => ({
    ...{ code: "billing_hard_limit_reached", message: "Billing hard limit has been reached" },
  });
  const { stderr } = await run();
  expect(stderr).toContain("(QUOTA_EXHAUSTED)");
  expect(stderr).toContain("0 failed, 2 to be asked");
  vendor.plays.refused = undefined;
  expect(await run()).toMatchObject({ code: 0 });
});

import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { prices } from "@acc/prices";
import { expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import { inputOf, prompts, vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: MessageBatches;
const { file, given, lines, failures, answered } = vendorBatchScene(startMessageBatches, (anew) => {
  ({ home, vendor } = anew);
});
const model = "claude-haiku-4-5";

function acc(args: string, whenSpawned?: (child: ChildProcess) => void): Promise<AccRun> {
  const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url };
  const words = [...args.split(" "), "-p", "claude", "-m", model];
  return home.acc(words, { env, ...(whenSpawned && { whenSpawned }) });
}

const run = (args = "", whenSpawned?: (child: ChildProcess) => void) =>
  acc(`batch in.jsonl -o out.jsonl --vendor-batch --poll 1 ${args}`.trim(), whenSpawned);

it("submits a file as one batch, and gives each line its own result in whatever order it comes", async () => {
  await given([...prompts(3), "p1"]);
  const { code, stderr } = await run("--json");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(vendor.batches).toHaveLength(1);
  expect(vendor.prompts()).toEqual(prompts(3));
  const all = await lines("out.jsonl");
  expect(all.map(({ reply }) => reply.text)).toEqual(["re: p1", "re: p2", "re: p3", "re: p1"]);
  expect(all[3]).toMatchObject({ sameAs: 1 });
  expect(vendor.requests.at(-1)?.headers.authorization).toBe(`Bearer ${testKey}`);
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
});

/** A custom_id has 64 characters at most, of letters, digits, `_` and `-` (anthropics/anthropic-sdk-python#1546). */
it("sends the body of a plain call, but for its stream, under ids that the API takes", async () => {
  await given(["p1"]);
  await run("--system short --max-tokens 77");
  await acc("chat p1 --system short --max-tokens 77 --no-cache --only sdk");
  const [line] = vendor.batches[0]?.requests ?? [];
  const { stream: _, ...plain } = JSON.parse(vendor.plain[0] ?? "");
  expect(line?.params).toEqual(plain);
  expect(line?.custom_id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
});

it("keeps an answer where a plain call finds it, and submits nothing that is kept", async () => {
  await given(prompts(2));
  await run();
  expect((await acc("chat p2 --only sdk")).stdout).toContain("re: p2");
  expect(vendor.plain).toEqual([]);
  await writeFile(file("more.jsonl"), inputOf(prompts(3)));
  await acc("batch more.jsonl -o more-out.jsonl --vendor-batch --poll 1");
  expect(vendor.prompts()).toEqual(["p1", "p2", "p3"]);
});

it("counts half the price, also against a bound", async () => {
  await given(prompts(2));
  await run();
  const [half] = await lines("out.jsonl");
  const whole = prices({ inputTokens: 100, outputTokens: 50 }, model, "claude") ?? 0;
  expect(half.cost.amount).toBeCloseTo(whole / 2, 12);
  await given(prompts(40));
  const bounded = "--no-cache --max-tokens 1000 --max-cost 0.03 --json";
  const { stdout, stderr } = await acc(
    `batch in.jsonl -o bounded.jsonl --vendor-batch --poll 1 ${bounded}`,
  );
  expect(stderr).toContain("MAX_COST_REACHED");
  const { answered: done, pending } = JSON.parse(stdout);
  expect(done).toBeGreaterThan(5);
  expect(done + pending).toBe(40);
});

it("leaves a batch at the vendor at Ctrl-C and says so, refuses to ask beside it, and cancels it", async () => {
  await given(prompts(3));
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const left = await run("--no-cache", (child) => {
    vendor.plays.looking = () => {
      vendor.plays.looking = undefined;
      child.kill("SIGINT");
    };
  });
  expect(left.code).toBe(130);
  expect(left.stderr).toContain("claude goes on with what it has (msgbatch_1)");
  expect(left.stderr).toContain("with --cancel to end it there");
  const beside = await acc("batch in.jsonl -o out.jsonl --no-cache");
  expect(beside).toMatchObject({ code: 2, stderr: expect.stringContaining("(INVALID_OPTION)") });
  // What was answered before the cancellation came is kept (stdapi-ai/stdapi.ai#60).
  vendor.plays.result = (prompt) =>
    prompt === "p2" ? { type: "succeeded", message: answer("early") } : { type: "canceled" };
  const cancelled = await run("--no-cache --cancel");
  expect(cancelled.stderr).toContain("(CANCELLED)");
  expect((await lines("out.jsonl")).map(({ line }) => line)).toEqual([2]);
  expect((await failures()).map(([, code]) => code)).toEqual(["ABORTED", "ABORTED"]);
  Object.assign(vendor.plays, { result: undefined, looks: 1 });
  expect(await run("--no-cache --retry-failed")).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2", "p3", "p1", "p3"]);
});

/** A line may have two results (NVIDIA/TensorRT-LLM#18289), or one that failed. */
it("fails a line by what came of it alone, and asks for it again when told to", async () => {
  await given(prompts(5));
  const told = (type: string) => ({ type: "error", error: { type, message: `it was ${type}` } });
  const results: Record<string, object> = {
    p1: { type: "expired" },
    p2: { type: "errored", error: told("invalid_request_error") },
    p3: { type: "errored", error: told("rate_limit_error") },
    p4: { type: "errored", error: told("authentication_error") },
  };
  vendor.plays.result = (prompt) => results[prompt];
  vendor.plays.lines = (all) => [
    ...all,
    ...all.map((line) => line.replace("re: p5", "a second result")),
  ];
  const { code } = await run("--no-cache");
  expect(code).toBe(1);
  expect(await failures()).toEqual([
    [1, "TIMEOUT"],
    [2, "INVALID_REQUEST"],
    [3, "RATE_LIMITED"],
    [4, "AUTHENTICATION_FAILED"],
  ]);
  expect((await lines("out.jsonl")).map(({ reply }) => reply.text)).toEqual(["re: p5"]);
  Object.assign(vendor.plays, { result: undefined, lines: undefined });
  expect(await run("--no-cache --retry-failed")).toMatchObject({ code: 0 });
  await answered(5);
});

it("says who has such an API, and that it wants a key", async () => {
  await given(["p1"]);
  const other = await home.acc("batch in.jsonl -o a.jsonl -p mistral --vendor-batch".split(" "), {
    env: { MISTRAL_API_KEY: testKey },
  });
  expect(other.stderr).toMatch(/\(UNSUPPORTED_FEATURE\)[\s\S]*-p claude/);
  const without = await home.acc("batch in.jsonl -o b.jsonl -p claude --vendor-batch".split(" "));
  expect(without.stderr).toMatch(/\(MISSING_CREDENTIALS\)[\s\S]*ANTHROPIC_API_KEY/);
  const login = await run("--only cli");
  expect(login.stderr).toMatch(/it cannot use a CLI or a login/);
});

function answer(text: string): object {
  return {
    ...{ id: "m", type: "message", role: "assistant", model, content: [{ type: "text", text }] },
    ...{ stop_reason: "end_turn", usage: { input_tokens: 1, output_tokens: 1 } },
  };
}

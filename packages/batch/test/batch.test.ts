import { memoryStore, openCache } from "@acc/cache";
import { expect, it } from "vitest";
import { batchScene, manyLines } from "./support/scene.ts";
import { answer, echo, refuse } from "./support/vendor.ts";

it("answers each line once, with its id, reply, attempts and cost", async () => {
  const scene = await batchScene();
  scene.write(
    "in.jsonl",
    `{"id":"first","prompt":"one"}
"two"

{"custom_id":"third","messages":[{"role":"user","content":"three"}],"system":"be brief"}`,
  );
  const result = await scene.run();
  expect(result).toEqual({
    ...{ lines: 3, answered: 3, failed: 0, settled: 3, cached: 0, equal: 0, cut: 0 },
    ...{ spent: expect.closeTo(0.6), unpriced: 0, pending: 0 },
    ...{ output: scene.path("out.jsonl"), failures: scene.path("out.jsonl.failed.jsonl") },
  });
  const lines = scene.lines("out.jsonl");
  expect(lines.map(({ id, line, reply }) => [id, line, reply.text])).toEqual([
    ["first", 1, "re: one"],
    ["2", 2, "re: two"],
    ["third", 4, "re: three"],
  ]);
  expect(lines[0]).toMatchObject({
    reply: { provider: "p", mode: "sdk", model: "m", finishReason: "stop", cached: false },
    attempts: [{ provider: "p", mode: "sdk" }],
    cost: { amount: expect.closeTo(0.2), source: "prices" },
  });
  expect(scene.has("out.jsonl.failed.jsonl")).toBe(false);
  expect(scene.has("out.jsonl.lock")).toBe(false);
});

it("takes what the cache has, which costs nothing", async () => {
  const scene = await batchScene();
  const cache = await openCache({ store: memoryStore() });
  scene.write("in.jsonl", manyLines(20));
  const { client } = scene.open({ cache });
  await scene.run({ client });
  const again = await scene.run({ client, output: scene.path("again.jsonl") });
  expect(again).toMatchObject({ answered: 20, cached: 20, spent: 0 });
  expect(scene.lines("again.jsonl")[7].reply).toMatchObject({ text: "re: p7", cached: true });
  expect(scene.vendor.prompts).toHaveLength(20);
});

it("has done with a batch that is whole: nothing is asked or written again", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", manyLines(20));
  await scene.run();
  const before = scene.read("out.jsonl");
  const again = await scene.run();
  expect(again).toMatchObject({ answered: 20, settled: 0, pending: 0 });
  expect(scene.vendor.prompts).toHaveLength(20);
  expect(scene.read("out.jsonl")).toBe(before);
});

/** nodejs/node#62785, steipete/birdclaw#61: readers that take U+2028 for a line's end. */
it("reads a line with the line separators of Unicode in it, and writes none", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", `\ufeff{"prompt":"a\u2028b\u2029c"}\r\n{"prompt":"d"}\r\n`);
  await scene.run();
  expect(scene.lines("out.jsonl").map(({ reply }) => reply.text)).toEqual([
    "re: a\u2028b\u2029c",
    "re: d",
  ]);
  expect(scene.read("out.jsonl")).not.toMatch(/[\u2028\u2029]/);
});

/** NousResearch/hermes-agent#86523: a set of prompts that are done drops the equal ones. */
it("asks for equal lines once, and answers each of them", async () => {
  const scene = await batchScene();
  const lines = [
    '{"id":"a","prompt":"same","system":"s"}',
    '{"id":"b","system":"s","prompt":"same"}',
    '{"id":"c","prompt":"same","system":"s","sample":1}',
    '{"id":"d","prompt":"same","system":"s"}',
  ];
  scene.write("in.jsonl", lines.join("\n"));
  const result = await scene.run();
  expect(scene.vendor.prompts).toHaveLength(2);
  expect(result).toMatchObject({ answered: 4, equal: 2, spent: expect.closeTo(0.4) });
  const answers = scene.lines("out.jsonl");
  expect(answers.map(({ id, reply, sameAs }) => [id, reply.text, sameAs])).toEqual([
    ["a", "re: same", undefined],
    ["b", "re: same", 1],
    ["c", "re: same", undefined],
    ["d", "re: same", 1],
  ]);
  expect(answers[1].cost).toBeUndefined();
});

/** trustbloc/orb#1583, NousResearch/hermes-agent PR 95346: one bad line that takes all others with it. */
it("fails a line that cannot be asked by itself, with a code and what is wrong", async () => {
  const scene = await batchScene((response, prompt) =>
    prompt === "bad" ? refuse(response, 400, "no such thing") : echo(response, prompt),
  );
  const long = JSON.stringify("x".repeat(17 * 1024 * 1024));
  scene.write(
    "in.jsonl",
    `{"prompt":123}\n{"prompt":\n[1]\n{}\n${long}\n{"prompt":"x","temprature":1}\n"bad"\n"good"\n`,
  );
  const result = await scene.run();
  expect(result).toMatchObject({ answered: 1, failed: 7, pending: 0 });
  const failures = scene.lines("out.jsonl.failed.jsonl");
  expect(failures.map(({ line, error }) => [line, error.code])).toEqual([
    [1, "INVALID_LINE"],
    [2, "INVALID_LINE"],
    [3, "INVALID_LINE"],
    [4, "INVALID_LINE"],
    [5, "INVALID_LINE"],
    [6, "INVALID_REQUEST"],
    [7, "INVALID_REQUEST"],
  ]);
  expect(failures[0].error.message).toBe("Its prompt is not text.");
  expect(failures[4].error.message).toContain("16 MiB");
  expect(failures[5].error.message).toContain("temprature");
  expect(failures[6].attempts).toHaveLength(1);
});

/** bespokelabsai/curator#296, 567-labs/instructor#1092: what has failed is to be asked again, and no other. */
it("asks again for what has failed, and takes it out of the failures", async () => {
  let isBad = true;
  const scene = await batchScene((response, prompt) =>
    prompt === "p3" && isBad ? refuse(response, 400, "not now") : echo(response, prompt),
  );
  scene.write("in.jsonl", `${manyLines(6)}"p3"\n`);
  expect(await scene.run()).toMatchObject({ answered: 5, failed: 2, equal: 1 });
  expect(await scene.run()).toMatchObject({ answered: 5, failed: 2, settled: 0 });
  isBad = false;
  expect(await scene.run({ retryFailed: true })).toMatchObject({ answered: 7, failed: 0 });
  expect(scene.vendor.prompts.filter((prompt) => prompt === "p3")).toHaveLength(2);
  expect(scene.lines("out.jsonl").map(({ reply }) => reply.text)).toEqual(
    ["p0", "p1", "p2", "p3", "p4", "p5", "p3"].map((prompt) => `re: ${prompt}`),
  );
  expect(scene.has("out.jsonl.failed.jsonl")).toBe(false);
});

/** bespokelabsai/curator#296, career-ops-hq/career-ops#505: no money, and each line fails by it. */
it("stops where every other line would fail too, and blames no line for it", async () => {
  const scene = await batchScene((response) => refuse(response, 401, "invalid api key"));
  scene.write("in.jsonl", manyLines(50));
  const result = await scene.run({ concurrency: 4 });
  expect(result).toMatchObject({ answered: 0, failed: 0, pending: 50 });
  expect(result.stopped?.code).toBe("AUTHENTICATION_FAILED");
  expect(scene.vendor.prompts.length).toBeLessThanOrEqual(4);
});

it("stops where the vendor is away, and goes on when it is back", async () => {
  let isAway = true;
  const scene = await batchScene((response, prompt) =>
    isAway ? refuse(response, 500, "away") : echo(response, prompt),
  );
  scene.write("in.jsonl", manyLines(50));
  const result = await scene.run({ concurrency: 2 });
  expect(result.stopped?.code).toBe("SERVER_ERROR");
  expect(result.failed).toBeLessThan(10);
  isAway = false;
  expect(await scene.run({ retryFailed: true })).toMatchObject({ answered: 50, failed: 0 });
});

/** promptfoo/promptfoo#1970, vibrantlabsai/ragas#1519: a limit that fails lines instead of delaying them. */
it("waits for a limit, and fails no line by it", async () => {
  let went = 0;
  const scene = await batchScene((response, prompt) => {
    went += 1;
    if (went !== 3) return echo(response, prompt);
    response.setHeader("retry-after", "1");
    refuse(response, 429, "Rate limit reached: too many requests per second");
  });
  scene.write("in.jsonl", manyLines(12));
  const result = await scene.run({ options: { waitForLimits: true } });
  expect(result).toMatchObject({ answered: 12, failed: 0 });
  expect(scene.vendor.prompts).toHaveLength(13);
});

/** bespokelabsai/curator#618: who stops a batch keeps what has come. */
it("keeps what has come when it is stopped, and asks for the rest when it is started again", async () => {
  const ending = new AbortController();
  const scene = await batchScene((response, prompt) => {
    if (Number(prompt.slice(1)) < 10) echo(response, prompt);
  });
  scene.write("in.jsonl", manyLines(30));
  const result = await scene.run({
    concurrency: 5,
    signal: ending.signal,
    onProgress: ({ answered }) => answered === 10 && ending.abort(),
  });
  expect(result).toMatchObject({ answered: 10, failed: 0, pending: 20 });
  expect(result.stopped?.code).toBe("ABORTED");
  expect(scene.vendor.prompts.length).toBeLessThanOrEqual(15);
  expect(scene.lines("out.jsonl")).toHaveLength(10);
});

it("counts answers that were cut, and those of which nobody tells a cost", async () => {
  const scene = await batchScene((response, prompt) => answer(response, prompt, "length"));
  scene.write("in.jsonl", manyLines(3));
  expect(await scene.run({ options: { prices: {} } })).toMatchObject({
    cut: 3,
    unpriced: 3,
    spent: 0,
  });
});

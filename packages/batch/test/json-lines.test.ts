import { expect, it } from "vitest";
import { batchScene } from "./support/scene.ts";

/** volcengine/OpenViking#3988, huggingface/tau#354: characters that are line ends elsewhere. */
it("ends a line at a line feed alone, and writes no character that others take for an end", async () => {
  const scene = await batchScene();
  const prompts = ["a\u2028b", "c\u2029d", "e\u0085f"];
  scene.write("in.jsonl", prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(""));
  expect(await scene.run()).toMatchObject({ lines: 3, answered: 3 });
  expect([...scene.vendor.prompts].sort()).toEqual([...prompts].sort());
  expect(scene.read("out.jsonl")).not.toMatch(/[\u2028\u2029]/);
});

/** llm-d/llm-d-batch-gateway#147: of two lines with one id none takes the other's place. */
it("answers lines of one id each by itself, and takes numbers for ids", async () => {
  const scene = await batchScene();
  const lines = ['{"id":1,"prompt":"a"}', '{"id":1,"prompt":"b"}', '{"id":"","prompt":"c"}'];
  scene.write("in.jsonl", lines.join("\r\n"));
  expect(await scene.run()).toMatchObject({ answered: 3 });
  const told = scene.lines("out.jsonl").map(({ id, line, reply }) => [id, line, reply.text]);
  expect(told).toEqual([
    ["1", 1, "re: a"],
    ["1", 2, "re: b"],
    ["3", 3, "re: c"],
  ]);
});

/** NousResearch/hermes-agent#95322: a prompt that is not text fails its line, and not the run. */
it("fails a line whose prompt is not text by itself, also where the batch goes on", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", '{"prompt":123}\n{"prompt":"a"}\n{"prompt":null}\n');
  expect(await scene.run()).toMatchObject({ answered: 1, failed: 2 });
  expect(await scene.run({ retryFailed: true })).toMatchObject({ answered: 1, failed: 2 });
  expect(scene.vendor.prompts).toEqual(["a"]);
});

/** NousResearch/hermes-agent#86523: equal lines are each in the output, also behind a kill. */
it("writes a line for each of equal prompts, whenever their first was answered", async () => {
  const ending = new AbortController();
  const scene = await batchScene();
  scene.write("in.jsonl", '"a"\n"a"\n"b"\n"a"\n');
  await scene.run({
    concurrency: 1,
    signal: ending.signal,
    onProgress: ({ answered }) => answered === 1 && ending.abort(),
  });
  expect(await scene.run()).toMatchObject({ lines: 4, answered: 4 });
  expect(scene.lines("out.jsonl").map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  expect(scene.vendor.prompts.filter((prompt) => prompt === "a")).toHaveLength(1);
});

/** rhysd/fixjson#19: a number that JSON readers round is no longer the caller's. */
it("gives back every digit of an id that is a number", async () => {
  const scene = await batchScene();
  const lines = [
    '{"id":3791411052119578828,"prompt":"a"}',
    '{ "custom_id" : 3791411052119578829, "prompt" : "b \\"custom_id\\": 3791411052119578830" }',
    '{"id":1e30,"prompt":"c"}',
  ];
  scene.write("in.jsonl", lines.join("\n"));
  expect(await scene.run()).toMatchObject({ answered: 3 });
  expect(scene.lines("out.jsonl").map(({ id }) => id)).toEqual([
    "3791411052119578828",
    "3791411052119578829",
    "1e+30",
  ]);
});

it("says what a line has where it has no prompt, and how an array is written", async () => {
  const scene = await batchScene();
  const body = { model: "m", messages: [{ role: "user", content: "a" }] };
  const lines = [{ custom_id: "r1", method: "POST", body }, {}, [{ prompt: "a" }]];
  scene.write("in.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(await scene.run()).toMatchObject({ answered: 0, failed: 3 });
  expect(scene.lines("out.jsonl.failed.jsonl").map(({ error }) => error.message)).toEqual([
    'It has neither messages nor a prompt; there is: "method", "body".',
    "It has neither messages nor a prompt.",
    "It is an array: write each request on its own line.",
  ]);
});

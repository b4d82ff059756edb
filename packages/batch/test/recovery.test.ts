import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { batchScene, manyLines } from "./support/scene.ts";
import { echo } from "./support/vendor.ts";

/** Ten lines, of which the first five are settled. */
async function halfDone() {
  const ending = new AbortController();
  const scene = await batchScene((response, prompt) => {
    if (ending.signal.aborted || Number(prompt.slice(1)) < 5) echo(response, prompt);
  });
  scene.write("in.jsonl", manyLines(10));
  await scene.run({
    concurrency: 1,
    signal: ending.signal,
    onProgress: ({ answered }) => answered === 5 && ending.abort(),
  });
  scene.vendor.prompts.length = 0;
  return scene;
}

async function goesOn(scene: Awaited<ReturnType<typeof halfDone>>) {
  const result = await scene.run();
  expect(scene.lines("out.jsonl").map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  return result;
}

it("goes on behind a line of the output that was torn, and asks for it again", async () => {
  const scene = await halfDone();
  appendFileSync(scene.path("out.jsonl"), '{"id":"6","line":6,"reply":{"te');
  await goesOn(scene);
  expect(scene.vendor.prompts).toEqual(["p5", "p6", "p7", "p8", "p9"]);
});

it("does not count an answer that is whole and in no journal, nor a torn line of the journal", async () => {
  const scene = await halfDone();
  const size = scene.read("out.jsonl").length;
  appendFileSync(scene.path("out.jsonl"), '{"id":"6","line":6,"reply":{"text":"lost"}}\n');
  appendFileSync(scene.path("out.jsonl.journal"), `["answered",5,${size + 4}`);
  await goesOn(scene);
  expect(scene.vendor.prompts[0]).toBe("p5");
  expect(scene.read("out.jsonl")).not.toContain("lost");
});

it("begins anew where no more than a piece of the journal's head was written", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", manyLines(10));
  scene.write("out.jsonl.journal", '{"batch":1,"inp');
  await goesOn(scene);
  expect(scene.vendor.prompts).toHaveLength(10);
});

/** NousResearch/hermes-agent PR 95346: rows that were put in between shift what is taken for done. */
it("refuses another input under the same output, and leaves what is there", async () => {
  const scene = await halfDone();
  const before = scene.read("out.jsonl");
  scene.write("in.jsonl", `"new"\n${manyLines(10)}`);
  await expect(scene.run()).rejects.toMatchObject({ code: "OTHER_INPUT" });
  expect(scene.read("out.jsonl")).toBe(before);
  scene.write("in.jsonl", manyLines(10));
  const asked = scene.run({ defaults: { system: "another" } });
  await expect(asked).rejects.toMatchObject({ code: "OTHER_INPUT" });
  await goesOn(scene);
});

it("refuses an output that is no batch's, and one of which something is gone", async () => {
  const scene = await halfDone();
  scene.write("other.jsonl", "mine\n");
  const other = scene.run({ output: scene.path("other.jsonl") });
  await expect(other).rejects.toMatchObject({ code: "OUTPUT_EXISTS" });
  expect(scene.read("other.jsonl")).toBe("mine\n");
  truncateSync(scene.path("out.jsonl"), 10);
  await expect(scene.run()).rejects.toMatchObject({ code: "OUTPUT_CHANGED" });
  scene.write("out.jsonl.journal", "no journal\n");
  await expect(scene.run()).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE" });
});

it("refuses an output that another run is writing, and takes it from one that was killed", async () => {
  const scene = await halfDone();
  const lock = (pid: number) =>
    writeFileSync(
      scene.path("out.jsonl.lock"),
      JSON.stringify({ pid, host: hostname(), token: "another" }),
    );
  lock(process.ppid);
  await expect(scene.run()).rejects.toMatchObject({ code: "BATCH_RUNNING" });
  lock(process.pid);
  await goesOn(scene);
  scene.write("out.jsonl.lock", "{");
  expect(await scene.run()).toMatchObject({ pending: 0 });
});

it("says which file cannot be read or written", async () => {
  const scene = await batchScene();
  await expect(scene.run()).rejects.toMatchObject({
    code: "INPUT_UNREADABLE",
    message: expect.stringContaining("in.jsonl"),
  });
  writeFileSync(scene.path("in.jsonl"), Buffer.from('\ufeff"a"\n', "utf16le"));
  await expect(scene.run()).rejects.toMatchObject({ code: "INPUT_NOT_TEXT" });
  scene.write("in.jsonl", manyLines(1));
  const nowhere = scene.run({ output: scene.path("nowhere/out.jsonl") });
  await expect(nowhere).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
  const same = scene.run({ output: scene.path("in.jsonl") });
  await expect(same).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

it("counts no answer that the journal has and the output has not, as after a loss of power", async () => {
  const scene = await halfDone();
  const journal = scene.read("out.jsonl.journal");
  const [head, ...entries] = journal.split("\n").filter((line) => !line.includes("durable"));
  scene.write("out.jsonl.journal", [head, ...entries].join("\n"));
  const answers = scene.read("out.jsonl").trimEnd().split("\n");
  const blank = " ".repeat(answers[3]?.length ?? 0);
  scene.write("out.jsonl", `${[...answers.slice(0, 3), blank, answers[4]].join("\n")}\n`);
  await goesOn(scene);
  expect(scene.vendor.prompts).toEqual(["p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
});

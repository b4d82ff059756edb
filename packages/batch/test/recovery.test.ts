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

it("keeps what was answered behind a retry of which an earlier version wrote no more", async () => {
  const scene = await halfDone();
  const half = scene.read("out.jsonl.journal");
  await goesOn(scene);
  const retry = '["retry"]\n';
  const rest = scene.read("out.jsonl.journal").slice(half.length);
  const moved = rest.replace(
    /\["durable",(\d+)\]/g,
    (_, end) => `["durable",${+end + retry.length}]`,
  );
  scene.write("out.jsonl.journal", half + retry + moved);
  const [before, asked] = [scene.read("out.jsonl"), scene.vendor.prompts.length];
  expect(await scene.run()).toMatchObject({ answered: 10, pending: 0 });
  expect([scene.read("out.jsonl"), scene.vendor.prompts.length]).toEqual([before, asked]);
});

it("leaves all as it is where the journal has an entry of a later version", async () => {
  const scene = await halfDone();
  appendFileSync(scene.path("out.jsonl.journal"), '["moved",5,"elsewhere"]\n');
  const before = [scene.read("out.jsonl"), scene.read("out.jsonl.journal")];
  await expect(scene.run()).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE" });
  expect([scene.read("out.jsonl"), scene.read("out.jsonl.journal")]).toEqual(before);
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

it("refuses to go on with a client of another model, unless each line names its own", async () => {
  const scene = await halfDone();
  const other = scene.run({ options: { model: "m2" } });
  await expect(other).rejects.toMatchObject({
    code: "OTHER_INPUT",
    message: expect.stringMatching(/has answers of p\d* \(m\); now p\d* \(m2\) would be asked/),
  });
  expect(scene.vendor.prompts).toEqual([]);
  expect(await scene.run({ options: { model: "m2" }, retryFailed: true })).toMatchObject({
    ...{ answered: 10, failed: 0 },
  });
  const named = { output: scene.path("named.jsonl"), defaults: { model: "m3" } };
  expect(await scene.run(named)).toMatchObject({ answered: 10 });
  expect(await scene.run({ ...named, options: { model: "m2" } })).toMatchObject({ answered: 10 });
});

it.each([
  ["model", { options: { model: "m2" } }, /has answers of p\d* \(m2\); now p\d* \(m\)/],
  ["template", { defaults: { system: "another" } }, /asked with another template/],
])(
  "goes on as it was asked last, where that was retryFailed by another %s",
  async (_, other, message) => {
    let most = 0;
    let ending = new AbortController();
    const scene = await batchScene((response, prompt) => {
      if (Number(prompt.slice(1)) < most) echo(response, prompt);
      else ending.abort();
    });
    scene.write("in.jsonl", manyLines(10));
    const upTo = (count: number, how: object) => {
      most = count;
      ending = new AbortController();
      return scene.run({ ...how, concurrency: 1, signal: ending.signal });
    };
    expect(await upTo(3, {})).toMatchObject({ answered: 3 });
    expect(await upTo(6, { ...other, retryFailed: true })).toMatchObject({ answered: 6 });
    most = 10;
    scene.vendor.prompts.length = 0;
    await expect(scene.run()).rejects.toMatchObject({
      code: "OTHER_INPUT",
      message: expect.stringMatching(message),
      fix: expect.stringContaining("failed and remaining lines may be asked with other settings"),
    });
    expect(scene.vendor.prompts).toEqual([]);
    expect(await scene.run(other)).toMatchObject({ answered: 10, failed: 0 });
    // Where nothing is left nothing is asked.
    await scene.run({ retryFailed: true });
    expect(await scene.run(other)).toMatchObject({ answered: 10, settled: 0 });
  },
);

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

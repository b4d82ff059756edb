import { expect, it } from "vitest";
import { batchScene, manyLines } from "./support/scene.ts";
import { prices } from "./support/vendor.ts";

/** Each line costs 0.2 dollars, and some 0.5 at most: 300 bytes in and 100 tokens out. */
const bounded = { prices, tries: 1, defaults: { maxOutputTokens: 100 } };

it("stops before the bound of costs is passed, over all its runs", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", manyLines(30));
  const first = await scene.run({ ...bounded, maxCost: 2, concurrency: 8 });
  expect(first.stopped?.code).toBe("MAX_COST_REACHED");
  expect(first.spent).toBeLessThanOrEqual(2);
  expect(first.spent).toBeGreaterThan(1.3);
  const again = await scene.run({ ...bounded, maxCost: 2 });
  expect(again).toMatchObject({ settled: 0, spent: first.spent });
  const more = await scene.run({ ...bounded, maxCost: 100 });
  expect(more).toMatchObject({ answered: 30, spent: expect.closeTo(6) });
});

it("counts what was in flight at a kill as paid in full", async () => {
  const scene = await batchScene((response) => void response.flushHeaders());
  scene.write("in.jsonl", manyLines(3));
  const ending = new AbortController();
  const running = scene.run({ ...bounded, maxCost: 2, signal: ending.signal });
  await expect.poll(() => scene.vendor.prompts.length, { timeout: 10_000 }).toBe(3);
  ending.abort();
  await running;
  const spent = (await scene.run({ ...bounded, maxCost: 0.1 })).spent;
  expect(spent).toBeGreaterThan(1);
  expect(spent).toBeLessThan(2);
});

it("says which lines lack a price or a bound of output, before anything is asked", async () => {
  const scene = await batchScene();
  const image = { type: "image", mediaType: "image/png", data: "AAAA" };
  const shown = JSON.stringify({
    messages: [{ role: "user", content: [image] }],
    maxOutputTokens: 9,
  });
  scene.write(
    "in.jsonl",
    `"a"\n{"prompt":"b","maxOutputTokens":5}\n{"prompt":"c","model":"other","maxOutputTokens":5}\n${shown}\n"d"\n`,
  );
  await expect(scene.run({ maxCost: 1, prices })).rejects.toMatchObject({
    code: "UNBOUNDED_COST",
    message: expect.stringMatching(
      /lines 1, 5: no bound of its output .*\nline 3: no price of other\nline 4: an image/,
    ),
  });
  expect(scene.vendor.prompts).toEqual([]);
  await expect(scene.run({ maxCost: 1 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  await expect(scene.run({ maxCost: 0, prices })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  await expect(scene.run({ concurrency: 0 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

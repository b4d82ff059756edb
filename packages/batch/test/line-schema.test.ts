import { expect, it } from "vitest";
import { batchScene } from "./support/scene.ts";
import { answer } from "./support/vendor.ts";

const city = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

function line(prompt: string, schema: unknown): string {
  return `${JSON.stringify({ prompt, schema })}\n`;
}

/** argilla-io/distilabel#624, googleapis/python-genai#1150: a row of a file with a schema of its own. */
it("takes a JSON Schema of a line, and gives the answer checked by it", async () => {
  const scene = await batchScene((response, prompt) =>
    answer(response, JSON.stringify(prompt === "good" ? { city: "Graz" } : { town: "Graz" })),
  );
  scene.write(
    "in.jsonl",
    line("good", city) + line("bad", city) + line("good", { jsonSchema: city }),
  );
  expect(await scene.run()).toMatchObject({ answered: 2, failed: 1 });
  expect(scene.lines("out.jsonl").map(({ reply }) => reply.object)).toEqual([
    { city: "Graz" },
    { city: "Graz" },
  ]);
  const [{ line: number, error }] = scene.lines("out.jsonl.failed.jsonl");
  expect([number, error.code]).toEqual([2, "INVALID_OUTPUT"]);
  expect(error.message).toContain("city");
});

it("asks once for lines whose prompts and schemas are equal, and goes on with them", async () => {
  const scene = await batchScene((response) => answer(response, '{"city":"Graz"}'));
  const other = { ...city, title: "another" };
  scene.write("in.jsonl", line("a", city) + line("a", other) + line("a", city));
  expect(await scene.run()).toMatchObject({ answered: 3, equal: 1 });
  expect(scene.vendor.prompts).toHaveLength(2);
  expect(await scene.run()).toMatchObject({ answered: 3, settled: 0, pending: 0 });
});

it("fails a line whose schema cannot be used, before it is asked", async () => {
  const scene = await batchScene();
  scene.write(
    "in.jsonl",
    line("a", "city") +
      line("a", { type: "object", properties: { city: { pattern: "(" } } }) +
      line("a", { $ref: "#/$defs/nowhere" }) +
      line("a", { type: "object", properties: { city: { type: "text" } } }) +
      line("a", { type: "object", properties: { city: { $ref: "#/$defs/City" } } }),
  );
  expect(await scene.run()).toMatchObject({ answered: 0, failed: 5 });
  const failures = scene.lines("out.jsonl.failed.jsonl");
  expect(failures.map(({ error }) => error.code)).toEqual(Array(5).fill("INVALID_LINE"));
  expect(failures[0].error.message).toContain("not a JSON Schema");
  expect(failures[1].error.message).toContain("cannot be used");
  expect(scene.vendor.prompts).toEqual([]);
});

it("takes a schema with an example that would be none", async () => {
  const scene = await batchScene((response) => answer(response, '{"city":"Graz"}'));
  scene.write("in.jsonl", line("a", { ...city, example: { type: "dog", pattern: "[" } }));
  expect(await scene.run()).toMatchObject({ answered: 1, failed: 0 });
});

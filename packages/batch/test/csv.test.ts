import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { batchScene, manyLines } from "./support/scene.ts";
import { answer, echo } from "./support/vendor.ts";

it("reads rows and writes them with their cells and the answer behind them", async () => {
  const scene = await batchScene((response, prompt) => answer(response, `"${prompt}",\n=1`));
  scene.write(
    "in.csv",
    '\ufeffid,prompt,note,reply\r\na,"one, ""two""\nthree",x,mine\r\nb,four,y,\r\nc,four,z,\r\nd,five\r\n',
  );
  const result = await scene.run({ input: scene.path("in.csv"), output: scene.path("out.csv") });
  expect(result).toMatchObject({ answered: 3, failed: 1, equal: 1 });
  const rows: Record<string, string>[] = parse(scene.read("out.csv"), { columns: true });
  const sorted = rows.sort((one, other) => Number(one.line) - Number(other.line));
  expect(sorted[0]).toEqual({
    ...{ id: "a", line: "1", prompt: 'one, "two"\nthree', note: "x", reply: "mine" },
    ...{ acc_reply: '"one, "two"\nthree",\n=1', finish_reason: "stop", provider: "p" },
    ...{ mode: "sdk", model: "m", input_tokens: "100", output_tokens: "50" },
    ...{ cost_usd: "0.2", cached: "false", attempts: "1" },
  });
  expect(sorted[2]).toMatchObject({ id: "c", note: "z", acc_reply: '"four",\n=1', cost_usd: "" });
  expect(scene.lines("out.csv.failed.jsonl")[0].error.message).toBe(
    "It has 2 cells, and there are 4 columns.",
  );
});

it("makes requests of rows by a function, and goes on in CSV as in JSONL", async () => {
  const ending = new AbortController();
  const scene = await batchScene((response, prompt) => {
    if (ending.signal.aborted || !prompt.includes("p4")) echo(response, prompt);
  });
  scene.write("in.csv", `name\n${manyLines(10)}`);
  const asked = {
    ...{ input: scene.path("in.csv"), output: scene.path("out.csv"), concurrency: 1 },
    toRequest: ({ name }: { readonly name?: unknown }) => `Who is ${name}?`,
  };
  const stop = ({ answered }: { readonly answered: number }) => answered === 4 && ending.abort();
  await scene.run({ ...asked, signal: ending.signal, onProgress: stop });
  await scene.run(asked);
  const rows: Record<string, string>[] = parse(scene.read("out.csv"), { columns: true });
  expect(rows.map(({ name, reply }) => [name, reply])).toEqual(
    Array.from({ length: 10 }, (_, index) => [`p${index}`, `re: Who is p${index}?`]),
  );
  expect(new Set(scene.vendor.prompts).size).toBe(10);
});

it("asks for nothing of a file whose columns or quotes cannot be read", async () => {
  const scene = await batchScene();
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  for (const text of ["", "a,a\n1,2\n", 'prompt\none\n"two" three\nfour\n']) {
    scene.write("in.csv", text);
    await expect(scene.run(asked)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
  scene.write("in.csv", "question\none\n");
  expect(await scene.run(asked)).toMatchObject({ failed: 1 });
  expect(scene.lines("out.csv.failed.jsonl")[0].error.message).toContain("column named prompt");
  expect(scene.vendor.prompts).toEqual([]);
});

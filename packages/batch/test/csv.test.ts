import { writeFileSync } from "node:fs";
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
  expect(scene.vendor.prompts).toEqual([]);
});

/** danbyte-net/danbyte#171, django-import-export/django-import-export#181: Excel's CSV where numbers have a comma. */
it("refuses a file without a column prompt, tells of its columns, and of other separators", async () => {
  const scene = await batchScene();
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  scene.write("in.csv", "id, prompt\n1,one\n");
  await expect(scene.run(asked)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: `No column of ${asked.input} is named prompt; there are: "id", " prompt".`,
    fix: expect.stringContaining("Name a column prompt"),
  });
  for (const separator of [";", "\t"]) {
    for (const [head, first] of [
      ["id,prompt", "1,one"],
      ["id,prompt", '1,"one, ""two"""'],
      ['"id","prompt"', '"1","one"'],
    ] as const) {
      scene.write("in.csv", `${head}\n${first}\n`.replaceAll(",", separator));
      await expect(scene.run(asked)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fix: "Save it with commas between its cells; nothing was asked.",
      });
    }
  }
  expect(scene.has("out.csv")).toBe(false);
});

/** ProjectTech4DevAI/kaapi-backend#1175: what Excel saves as CSV is windows-1252 or UTF-16. */
it("asks for nothing of CSV that is no UTF-8, so that no prompt is asked damaged", async () => {
  const scene = await batchScene();
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  const good = `prompt\n${"good\n".repeat(100_000)}`;
  for (const text of [
    Buffer.from("prompt\n\u2013 caf\xe9\n", "latin1"),
    Buffer.from("\ufeffprompt\none\n", "utf16le"),
    Buffer.from(`${good}caf\xe9\n`, "latin1"),
    Buffer.from("prompt\ncaf\u00e9").subarray(0, -1),
  ]) {
    writeFileSync(asked.input, text);
    await expect(scene.run(asked)).rejects.toMatchObject({ code: "INPUT_NOT_TEXT" });
  }
  expect(scene.vendor.prompts).toEqual([]);
});

/** adaltas/node-csv#332: a file that programs of two systems have written to. */
it.each(["prompt,n\none,1\r\ntwo,2\n", "prompt,n\r\none,1\ntwo,2\r\n", "prompt,n\rone,1\rtwo,2\r"])(
  "leaves no part of a line's end in a cell: %j",
  async (text) => {
    const scene = await batchScene();
    scene.write("in.csv", text);
    const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
    expect(await scene.run(asked)).toMatchObject({ lines: 2, answered: 2 });
    const rows: Record<string, string>[] = parse(scene.read("out.csv"), { columns: true });
    expect(rows.map(({ prompt, n }) => [prompt, n]).sort()).toEqual([
      ["one", "1"],
      ["two", "2"],
    ]);
  },
);

/** thephpleague/csv#543, deephaven/deephaven-core#1800: what spreadsheets write of empty columns. */
it("reads no column of commas alone, and refuses a row with a cell that is in none", async () => {
  const scene = await batchScene();
  scene.write("in.csv", "prompt,n,,\none,1,,\ntwo,2\nthree,3,,lost\n");
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  expect(await scene.run(asked)).toMatchObject({ answered: 2, failed: 1 });
  expect([...scene.vendor.prompts].sort()).toEqual(["one", "two"]);
  expect(scene.read("out.csv")).toMatch(/^id,line,prompt,n,reply,/);
  expect(scene.lines("out.csv.failed.jsonl")[0].error.message).toBe(
    "It has 4 cells, and there are 2 columns.",
  );
  scene.write("in.csv", ",,\none,1,\n");
  const none = scene.run({ ...asked, output: scene.path("none.csv") });
  await expect(none).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

/** thephpleague/csv#586, johnkerl/miller#161: a mark in front of a first cell in quotes. */
it("reads a first cell in quotes behind a mark, with a comma and a line's end in it", async () => {
  const scene = await batchScene();
  scene.write("in.csv", '\ufeff"a,\nb",prompt\r\n,"one,\r\ntwo"\r\n');
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  expect(await scene.run(asked)).toMatchObject({ answered: 1, failed: 0 });
  expect(scene.vendor.prompts).toEqual(["one,\r\ntwo"]);
});

/** promptfoo/promptfoo#3069: JSON in a cell without quotes around it. */
it("says where a quote stands in a cell that has none around it", async () => {
  const scene = await batchScene();
  const asked = { input: scene.path("in.csv"), output: scene.path("out.csv") };
  scene.write("in.csv", 'prompt,schema\none,{"a":1}\n');
  await expect(scene.run(asked)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(/field 1 at line 2/),
  });
  expect(scene.vendor.prompts).toEqual([]);
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { echo, type Play, startVendor, type Vendor } from "../../batch/test/support/vendor.ts";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();
let vendor: Vendor;
let play: Play;

beforeEach(async () => {
  play = echo;
  vendor = await startVendor((response, prompt) => play(response, prompt));
});
afterEach(async () => {
  await vendor.close();
});

const file = (name: string) => join(home.path, name);
const prompts = (count: number) =>
  Array.from({ length: count }, (_, index) => `"p${index}"\n`).join("");

type Options = Parameters<AccHome["acc"]>[1];

function batch(args: string, options: Options = {}): Promise<AccRun> {
  const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.url };
  return home.acc(["batch", ...args.split(" "), "-p", "groq"], { env, ...options });
}

async function answers(name: string) {
  const lines = (await readFile(file(name), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as { line: number; reply: { text: string } });
}

it("answers a file, tells what failed, and asks again for that alone", async () => {
  await writeFile(file("in.jsonl"), `${prompts(3)}{"question":1}\n`);
  const first = await batch("in.jsonl -o out.jsonl --json");
  expect(first.code).toBe(1);
  expect(JSON.parse(first.stdout)).toMatchObject({ lines: 4, answered: 3, failed: 1, pending: 0 });
  expect(first.stderr).toMatch(
    /^acc: 3 answered, 1 failed; \$0\.0001 spent\.\nacc: out\.jsonl\.failed\.jsonl says why; --retry-failed asks again\.\n$/,
  );
  expect(await readFile(file("out.jsonl.failed.jsonl"), "utf8")).toContain('"INVALID_LINE"');
  await batch("in.jsonl -o out.jsonl --retry-failed");
  expect(vendor.prompts).toHaveLength(3);
});

it("fills in a template with the rows of a CSV file", async () => {
  await writeFile(
    file("letter.md"),
    "---\nsystem: be kind\n---\nTo {{name}} of {{town}}: {{what}}\n",
  );
  await home.acc(["templates", "add", "letter", file("letter.md")]);
  await writeFile(file("in.csv"), "name,town\nAda,London\nKurt,Brno\n");
  const { code } = await batch("in.csv -o out.csv -t letter --param what=hello");
  expect(code).toBe(0);
  expect([...vendor.prompts].sort()).toEqual(["To Ada of London: hello", "To Kurt of Brno: hello"]);
  expect(await readFile(file("out.csv"), "utf8")).toContain(
    "1,1,Ada,London,re: To Ada of London: hello,stop,groq,sdk",
  );
  await writeFile(file("in.csv"), "name\nAda\n");
  const missing = await batch("in.csv -o other.csv -t letter --param what=hello");
  expect(missing.code).toBe(1);
  expect(await readFile(file("other.csv.failed.jsonl"), "utf8")).toContain("wants town");
});

it("goes on where it was when it is killed, and when it is interrupted", async () => {
  await writeFile(file("in.jsonl"), prompts(60));
  for (const [signal, code] of [
    ["SIGKILL", null],
    ["SIGINT", 130],
  ] as const) {
    const before = vendor.prompts.length;
    let end = () => {};
    play = (response, prompt) => {
      const asked = vendor.prompts.length - before;
      if (asked <= 20) echo(response, prompt);
      if (asked >= 24) end();
    };
    const run = await batch("in.jsonl -o out.jsonl --concurrency 4 --no-cache", {
      env: { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.url },
      whenSpawned: (child) => {
        end = () => child.kill(signal);
      },
    });
    expect(run.code).toBe(code);
  }
  play = echo;
  const { code } = await batch("in.jsonl -o out.jsonl --concurrency 4 --no-cache");
  expect(code).toBe(0);
  expect((await answers("out.jsonl")).map(({ line }) => line).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
  expect(vendor.prompts.length).toBeLessThanOrEqual(60 + 2 * 4);
});

it("keeps to a bound of costs, and says what it wants for it", async () => {
  await writeFile(file("in.jsonl"), prompts(20));
  const unbounded = await batch("in.jsonl -o out.jsonl --max-cost 1");
  expect(unbounded).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/\(UNBOUNDED_COST\)\nlines 1, 2, .*: no bound of its output/),
  });
  const model = "-m llama-3.3-70b-versatile --max-tokens 1000";
  const stopped = await batch(`in.jsonl -o out.jsonl ${model} --max-cost 0.002`);
  expect(stopped.code).toBe(1);
  expect(stopped.stderr).toContain("(MAX_COST_REACHED)");
  const wrong = await batch("in.jsonl -o out.jsonl --max-cost none");
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("US dollars") });
});

it("refuses to mix answers of two models where the settings have changed in between", async () => {
  await writeFile(file("in.jsonl"), `${prompts(2)}{}\n`);
  const withModel = (model: string) =>
    home.acc(["providers", "add", "mine", "--replace", "--base-url", vendor.url, "-m", model]);
  await withModel("m1");
  const mine = (more = "") =>
    home.acc(`batch in.jsonl -o out.jsonl -p mine ${more}`.trim().split(" "));
  expect((await mine()).stderr).toContain("2 answered, 1 failed");
  await withModel("m2");
  const other = await mine();
  expect(other.stderr).toContain("has answers of mine (m1); now mine (m2) would be asked");
  expect(other.stderr).toMatch(
    /\(OTHER_INPUT\)\nName the provider that was asked, .*--retry-failed/,
  );
  expect((await mine("--retry-failed")).stderr).toContain("2 answered, 1 failed");
  expect((await mine()).stderr).toContain("2 answered, 1 failed");
  await withModel("m1");
  expect((await mine()).stderr).toContain("has answers of mine (m2); now mine (m1) would be asked");
});

it("refuses another input under the same output, and an output that is none of a batch", async () => {
  await writeFile(file("in.jsonl"), prompts(2));
  await batch("in.jsonl -o out.jsonl");
  await writeFile(file("in.jsonl"), prompts(3));
  const other = await batch("in.jsonl -o out.jsonl");
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("(OTHER_INPUT)") });
  await writeFile(file("mine.jsonl"), "mine\n");
  const mine = await batch("in.jsonl -o mine.jsonl");
  expect(mine).toMatchObject({ code: 1, stderr: expect.stringContaining("(OUTPUT_EXISTS)") });
});

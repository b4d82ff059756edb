import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { canary, formsIn } from "../../../test/canary-forms.ts";
import { type AccHome, type AccRun, emptyHome } from "./acc.ts";
import { batchRuns } from "./batch-runs.ts";
import type { Run } from "./command-run.ts";
import { doers, everyCommand, hasJson } from "./every-command.ts";
import { runs } from "./every-run.ts";
import { homeAnew } from "./home-anew.ts";
import { startMessageBatches } from "./message-batches.ts";

let server: MockServer;
let template: AccHome;
const home = homeAnew();

const env = () => ({ ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: server.url });

/** A machine that keeps a key and an answer, of which each test gets a copy. */
beforeAll(async () => {
  server = await startMockServer();
  template = await emptyHome();
  await template.acc(["secrets", "set", "groq_api_key"], { stdin: canary });
  await template.acc(["chat", "-p", "claude", "kept"], { env: env() });
  await writeFile(join(template.path, "some.env"), `HF_TOKEN='${canary}'\nGROQ_API_KEY=other\n`);
  const review = join(template.path, "some.md");
  await writeFile(review, "Review this diff:\n{{diff}}\n");
  await template.acc(["templates", "add", "review", review]);
  await writeFile(join(template.path, "rules.json"), '[{ "verbs": ["read"], "names": ["a_*"] }]');
});
afterAll(async () => {
  await template.remove();
  await server.close();
});
beforeEach(async () => {
  await cp(template.path, home.path, { recursive: true });
});

const table = () => runs((name) => join(home.path, name));

async function call(words: string, flags: readonly string[]): Promise<AccRun> {
  const { args = [], stdin }: Partial<Run> = table()[words] ?? {};
  const [own, rest] = args.includes("--") ? split(args) : [args, []];
  return home.acc([...words.split(" "), ...own, ...flags, ...rest], {
    env: env(),
    ...(stdin !== undefined && { stdin }),
  });
}

/** What follows `--` belongs to another program. */
function split(args: readonly string[]): [readonly string[], readonly string[]] {
  const at = args.indexOf("--");
  return [args.slice(0, at), args.slice(at)];
}

describe("every command", () => {
  it("has a run in the table, and a document where it takes --json", () => {
    const rows = Object.entries(runs((name) => name));
    const known = doers().map(({ words, command }) => [words, hasJson(command)]);
    expect(rows.map(([words, { json }]) => [words, json !== undefined]).sort()).toEqual(
      known.sort(),
    );
  });

  const named = doers().map(({ words }) => words);

  it.each(named)("%s ends as it should, and shows no secret", async (words) => {
    const { code = 0, stdout, stderr } = table()[words] ?? {};
    const run = await call(words, []);
    expect(run).toEqual({
      code,
      stdout: expect.stringMatching(stdout ?? ""),
      stderr: expect.stringMatching(stderr ?? ""),
    });
    expect(formsIn(run.stdout + run.stderr)).toEqual([]);
  });

  const withJson = doers().filter(({ command }) => hasJson(command));

  it.each(withJson.map(({ words }) => words))(
    "%s --json prints one document, and shows no secret",
    async (words) => {
      const { code = 0, json } = table()[words] ?? {};
      const run = await call(words, ["--json"]);
      expect(run.code).toBe(code);
      const [document, other] = code === 0 ? [run.stdout, ""] : [run.stderr, run.stdout];
      expect(JSON.parse(document)).toEqual(json);
      expect(other).toBe("");
      expect(formsIn(run.stdout + run.stderr)).toEqual([]);
    },
  );

  it.each([
    ["secrets get", ["groq_api_key"]],
    ["secrets export", []],
  ])("%s shows a secret with --reveal, as the only one", async (words, args) => {
    const run = await home.acc([...words.split(" "), ...args, "--reveal"]);
    expect([run.code, formsIn(run.stdout)]).toEqual([0, expect.arrayContaining(["raw"])]);
  });

  it("knows of no other command with --reveal", () => {
    const revealing = doers().filter(({ command }) =>
      command.options.some(({ long }) => long === "--reveal"),
    );
    expect(revealing.map(({ words }) => words)).toEqual(["secrets get", "secrets export"]);
  });

  it.each(everyCommand().map(({ words }) => words))(
    "%s has examples in its help",
    async (words) => {
      const { code, stdout, stderr } = await home.acc([...words.split(" "), "--help"]);
      expect([code, stderr]).toEqual([0, ""]);
      const [, examples = ""] = stdout.split("\nExamples:\n");
      expect(examples).toMatch(new RegExp(`^ {2}.*acc ${words}`, "m"));
    },
  );
});

describe("acc batch by a vendor's batches", { timeout: 60_000 }, () => {
  const flagsOf = (words: string, extra: readonly string[]) => [
    ...["batch", "in.jsonl", "-o", "out.jsonl", "-p", "claude", "-m", "claude-haiku-4-5"],
    ...[...words.split(" "), ...extra],
  ];

  async function batch(words: string, extra: readonly string[] = []): Promise<AccRun> {
    const vendor = await startMessageBatches();
    try {
      await writeFile(join(home.path, "in.jsonl"), '"p1"\n"p2"\n');
      const own = { ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url };
      return await home.acc(flagsOf(words, extra), { env: own });
    } finally {
      await vendor.close();
    }
  }

  it.each(Object.keys(batchRuns))("%s ends as it should, and shows no secret", async (words) => {
    const { code = 0, stdout, stderr, json } = batchRuns[words] ?? {};
    const run = await batch(words);
    expect(run).toEqual({
      code,
      stdout: expect.stringMatching(stdout ?? ""),
      stderr: expect.stringMatching(stderr ?? ""),
    });
    expect(formsIn(run.stdout + run.stderr)).toEqual([]);
    if (json === undefined) return;
    await rm(join(home.path, "out.jsonl"), { force: true });
    await rm(join(home.path, "out.jsonl.journal"), { force: true });
    const again = await batch(words, ["--json"]);
    expect([again.code, JSON.parse(again.stdout)]).toEqual([code, json]);
    expect(formsIn(again.stdout + again.stderr)).toEqual([]);
  });
});

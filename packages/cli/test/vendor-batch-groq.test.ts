import { beforeEach, expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type FileBatches, responseOf, startFileBatches } from "./file-batches.ts";
import { vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: FileBatches;
const { given, lines } = vendorBatchScene(startFileBatches, (anew) => {
  ({ home, vendor } = anew);
});

beforeEach(() => given(["p1", "p2"]));

function acc(args: string): Promise<AccRun> {
  const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.origin };
  return home.acc([...args.split(" "), "-p", "groq", "-m", "llama-3.3-70b-versatile"], { env });
}

const run = (args = "") =>
  acc(`batch in.jsonl -o out.jsonl --vendor-batch --poll 1 --no-cache ${args}`.trim());

/** The model and the messages stand in `body` (lucianotonet/groq-php#14). */
it("sends the body of a plain call, but for its stream, in a line of Groq's own form", async () => {
  expect(await run("--system short --max-tokens 77")).toMatchObject({ code: 0 });
  await acc("chat p1 --system short --max-tokens 77 --no-cache --only sdk");
  const { stream: _, ...body } = JSON.parse(vendor.plain[0] ?? "");
  const [line] = vendor.lines();
  expect(line).toMatchObject({ method: "POST", url: "/v1/chat/completions" });
  expect(line?.body).toEqual(body);
  expect(vendor.batches[0]?.asked).toMatchObject({
    ...{ endpoint: "/v1/chat/completions", completion_window: "24h" },
  });
});

/** Batches want a plan: 403 not_available_for_plan (jgravelle/GroqApiLibrary#22). */
it("stops where the plan has no batches, says where to take one, and leaves every line", async () => {
  const message = "Batch API is not available for your plan.";
  vendor.plays.unmade = { status: 403, error: { message, code: "not_available_for_plan" } };
  const { stderr } = await run();
  expect(stderr).toMatch(/\(QUOTA_EXHAUSTED\)/);
  expect(stderr).toContain("https://console.groq.com/settings/billing");
  expect(stderr).toContain("0 failed, 2 to be asked");
  vendor.plays.unmade = undefined;
  expect(await run()).toMatchObject({ code: 0 });
  expect(vendor.prompts()).toEqual(["p1", "p2"]);
});

it("gives each refused line the code that a plain call would have", async () => {
  const told = { message: "Rate limit reached", type: "tokens", code: "rate_limit_exceeded" };
  vendor.plays.error = (prompt) => (prompt === "p2" ? responseOf(429, { error: told }) : undefined);
  expect(await run()).toMatchObject({ code: 1 });
  const [failure] = await lines("out.jsonl.failed.jsonl");
  expect(failure).toMatchObject({ line: 2, error: { code: "RATE_LIMITED", status: 429 } });
  expect((await lines("out.jsonl")).map(({ reply }) => reply.usage.inputTokens)).toEqual([100]);
});

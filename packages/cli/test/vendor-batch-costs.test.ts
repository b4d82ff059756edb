import { type Client, DualModeError, type Prices, type VendorBatches } from "@acc/dual-mode";
import { expect, it } from "vitest";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, failures } = batchFiles();

const { run, claude, gemini } = vendorClients(file);

const perToken = 1 / 1024;
const prices: Prices = ({ outputTokens = 0 }) => outputTokens * perToken;
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };

/** What makes of each answer one that cannot be used. */
const unusable = {
  "is not what the schema wants": {
    line: { schema },
    code: "INVALID_OUTPUT",
  },
  "was held back": {
    result: {
      type: "succeeded",
      message: {
        ...{ id: "msg_1", type: "message", role: "assistant", model: "claude-haiku-4-5" },
        ...{ content: [], stop_reason: "refusal", usage: { input_tokens: 1, output_tokens: 1 } },
      },
    },
    code: "CONTENT_FILTERED",
  },
  "is longer than what is read": {
    failure: new DualModeError("OUTPUT_TOO_LARGE", "The answer is too long."),
    code: "OUTPUT_TOO_LARGE",
  },
} as const;

it.each(Object.entries(unusable))(
  "counts an answer that %s against the bound of costs, over all runs",
  async (_, how) => {
    const { vendor, client } = await claude({ prices });
    const line = "line" in how ? how.line : {};
    await given(prompts(40).map((prompt) => ({ prompt, ...line, maxOutputTokens: 128 })));
    if ("result" in how) vendor.plays.result = () => how.result;
    if ("failure" in how) answering(client, how.failure);
    const half = (128 * perToken) / 2;
    const bound = { prices, maxCost: 10 * half };
    const came = { spent: 10 * half, stopped: { code: "MAX_COST_REACHED" } };
    expect(await run(client, bound)).toMatchObject({ ...came, failed: 10 });
    expect(new Set((await failures()).map(([, code]) => code))).toEqual(new Set([how.code]));
    for (let runs = 0; runs < 2; runs += 1) {
      expect(await run(client, { ...bound, retryFailed: true })).toMatchObject(came);
    }
    expect(vendor.prompts()).toHaveLength(10);
  },
);

/** Has each result of its batches say a failure. */
function answering(client: Client, failure: DualModeError): void {
  const ask = client.vendorBatches?.bind(client);
  client.vendorBatches = async (options) => {
    const batches = (await ask?.(options)) as VendorBatches;
    return { ...batches, reply: async () => ({ failure }) };
  };
}

it("counts an answer without a result that can be read against the bound of costs", async () => {
  const { vendor, client } = await claude({ prices });
  await given(prompts(4).map((prompt) => ({ prompt, maxOutputTokens: 128 })));
  vendor.plays.file = (text) => text.replaceAll(/.*re: p3.*/g, "{oops");
  const half = (128 * perToken) / 2;
  const usual = (50 * perToken) / 2;
  const bound = { prices, maxCost: 4 * half, retryFailed: true };
  expect(await run(client, bound)).toMatchObject({ answered: 3, failed: 1 });
  vendor.plays.file = undefined;
  expect((await run(client, bound)).spent).toBeCloseTo(4 * usual + half);
});

it.each(["with a state", "without a state"] as const)(
  "waits for the file of a batch that is said to be done before (Gemini, %s)",
  async (early) => {
    const { vendor, client } = await gemini();
    await given(prompts(2));
    Object.assign(vendor.plays, { early, fileAfter: 4 });
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  },
);

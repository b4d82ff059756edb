import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { type Client, DualModeError, type Prices, type VendorBatches } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, answers, failures } = batchFiles();

const { run, claude, openai, groq, gemini } = vendorClients(file);

describe.each(Object.entries({ claude, openai, groq, gemini }))("%s", (_, start) => {
  it.each([
    ["is no JSON", () => "{oops"],
    ["has no id", () => "{}"],
  ])("fails the one line whose result %s, and keeps all others", async (_, broken) => {
    const { vendor, client } = await start();
    await given(prompts(4));
    vendor.plays.file = (text) => text.replaceAll(/.*re: p3.*/g, broken);
    expect(await run(client)).toMatchObject({ answered: 3, failed: 1, pending: 0 });
    expect(await answers()).toEqual(["re: p1", "re: p2", "re: p4"]);
    expect(await failures()).toEqual([[3, "INVALID_OUTPUT"]]);
    expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
    expect(vendor.batches).toHaveLength(1);
  });
});

it("takes a result that can be read at a later look", async () => {
  const { vendor, client } = await openai();
  await given(prompts(4));
  let looks = 0;
  vendor.plays.file = (text) => {
    looks += 1;
    return looks < 3 ? text.replaceAll(/.*re: p3.*/g, "{oops") : text;
  };
  expect(await run(client)).toMatchObject({ answered: 4, failed: 0 });
});

it("goes on with what came before each break, however often the connection ends", async () => {
  const { vendor, client } = await claude();
  await given(prompts(24));
  let breaks = 0;
  // Of four lines two are sent before the break.
  vendor.plays.lines = (all) =>
    breaks < 12
      ? all
          .slice(2 * breaks)
          .concat(all)
          .slice(0, 4)
      : all;
  vendor.plays.halfway = async () => {
    if (breaks === 12) return;
    breaks += 1;
    // What was sent is read before the connection goes.
    await setTimeout(50);
    throw new Error("cut");
  };
  expect(await run(client)).toMatchObject({ answered: 24, failed: 0 });
  expect(breaks).toBe(12);
});

it("writes what the batches behind one have come to that the vendor does not know", async () => {
  const { vendor, client } = await claude();
  await given(prompts(2));
  vendor.plays.unknown = (id) => id === "msgbatch_1";
  await expect(run(client, { vendorBatch: { lines: 1 } })).rejects.toMatchObject({
    code: "BATCH_UNKNOWN",
  });
  expect(await answers()).toEqual(["re: p2"]);
});

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

it.each(Object.entries({ openai, groq }))(
  "looks again for the files of a batch that completed without them (%s)",
  async (_, start) => {
    const { vendor, client } = await start();
    await given(prompts(2));
    vendor.plays.filesAfter = 4;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  },
);

it("reads results for longer than a call of its client may take", async () => {
  const timeout = 3_000;
  const { vendor, client } = await claude({ timeout });
  await given(prompts(4));
  vendor.plays.halfway = () => setTimeout(timeout + 500);
  expect(await run(client)).toMatchObject({ answered: 4, failed: 0 });
});

it("submits less at once where a batch is too large (Claude)", async () => {
  const { vendor, client } = await claude();
  await given(prompts(5));
  const most = 2;
  vendor.plays.refused = () => {
    const body = vendor.requests.at(-1)?.body ?? "";
    return JSON.parse(body).requests.length > most ? 413 : undefined;
  };
  expect(await run(client)).toMatchObject({ answered: 5, failed: 0 });
  expect(vendor.batches.map(({ requests }) => requests.length)).toEqual([2, 1, 2]);
});

it("fails a line that is too large by itself, and asks all others (Claude)", async () => {
  const { vendor, client } = await claude();
  await given(prompts(5));
  vendor.plays.refused = () => (vendor.requests.at(-1)?.body.includes('"p3"') ? 413 : undefined);
  expect(await run(client)).toMatchObject({ answered: 4, failed: 1, pending: 0 });
  expect(await failures()).toEqual([[3, expect.any(String)]]);
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
});

it("writes what was answered before the vendor takes no more (Claude)", async () => {
  const { vendor, client } = await claude();
  await given(prompts(3));
  vendor.plays.refused = () => (vendor.batches.length === 2 ? 401 : undefined);
  const came = await run(client, { vendorBatch: { lines: 1 } });
  expect(came).toMatchObject({ answered: 2, pending: 1, stopped: { code: expect.any(String) } });
});

// BerriAI/litellm#17904
it("asks for a tool of a name that the vendor does not take by one that it does (Claude)", async () => {
  const { vendor, client } = await claude();
  const name = `mcp__${"plugin_".repeat(20)}get.message`;
  await given([{ prompt: "p1", tools: [{ name, inputSchema: { type: "object" } }] }]);
  vendor.plays.result = () => {
    const [{ params } = { params: {} }] = vendor.batches[0]?.requests ?? [];
    const [tool] = (params as unknown as { tools: { name: string }[] }).tools;
    const content = [{ type: "tool_use", id: "toolu_1", name: tool?.name, input: {} }];
    const more = { id: "m", type: "message", role: "assistant", model: "m", usage: {} };
    return { type: "succeeded", message: { ...more, content, stop_reason: "tool_use" } };
  };
  expect(await run(client)).toMatchObject({ answered: 1, failed: 0 });
  const { reply } = JSON.parse(readFileSync(file("out.jsonl"), "utf8"));
  expect(reply.toolCalls).toMatchObject([{ name }]);
});

/** Leaves three batches of a line each at a vendor, of which the run knows. */
async function leftThree(client: Client, batches: readonly unknown[]): Promise<void> {
  await given(prompts(3));
  const ending = new AbortController();
  const watch = setInterval(() => submitted() === 3 && ending.abort(), 10);
  try {
    await run(client, { vendorBatch: { lines: 1 }, signal: ending.signal });
  } finally {
    clearInterval(watch);
  }
  expect({ submitted: submitted(), batches: batches.length }).toEqual({ submitted: 3, batches: 3 });
}

/** How many batches have an id in the ledger. */
function submitted(): number {
  const ledger = file("out.jsonl.vendor");
  return existsSync(ledger) ? readFileSync(ledger, "utf8").split('["submitted",').length - 1 : 0;
}

it("cancels the others where the vendor refuses to cancel one, and keeps that", async () => {
  const { vendor, client } = await claude();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await leftThree(client, vendor.batches);
  vendor.plays.uncancelled = (id) => id === "msgbatch_1";
  const { stopped } = await run(client, { vendorBatch: { cancel: true } });
  expect(stopped?.message).toContain("It cannot be cancelled now.");
  expect(await failures()).toEqual([
    [2, "ABORTED"],
    [3, "ABORTED"],
  ]);
  vendor.plays.looks = 1;
  expect(await run(client)).toMatchObject({ answered: 1, failed: 2, pending: 0 });
  expect(vendor.batches).toHaveLength(3);
});

/** A batch of Claude's is told from others by the ids in its results alone. */
it("cancels the others where it cannot be told which one a batch is before that has ended", async () => {
  const { vendor, client } = await claude();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await given(prompts(2));
  const ending = new AbortController();
  vendor.plays.submitted = () => {
    const isLast = vendor.batches.length === 2;
    if (isLast) ending.abort();
    return isLast;
  };
  await run(client, { vendorBatch: { lines: 1 }, signal: ending.signal });
  expect({ submitted: submitted(), batches: vendor.batches.length }).toEqual({
    ...{ submitted: 1, batches: 2 },
  });
  await expect(run(client, { vendorBatch: { cancel: true } })).rejects.toMatchObject({
    code: "BATCH_UNIDENTIFIED",
  });
  expect(vendor.batches.map(({ cancelled }) => cancelled)).toEqual([true, false]);
  expect(await failures()).toEqual([[1, "ABORTED"]]);
  vendor.plays.looks = 1;
  expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
    ...{ answered: 1, failed: 1, pending: 0, stopped: { code: "CANCELLED" } },
  });
  expect(await answers()).toEqual(["re: p2"]);
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  expect(vendor.batches).toHaveLength(2);
});

it("waits for a batch that is being cancelled already", async () => {
  const { vendor, client } = await openai();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await leftThree(client, vendor.batches);
  vendor.plays.running = "cancelling";
  vendor.plays.uncancelled = () => true;
  vendor.plays.status = "cancelled";
  const looks = vendor.batches[0]?.looks ?? 0;
  vendor.plays.looking = () => {
    if ((vendor.batches[0]?.looks ?? 0) > looks + 4) vendor.plays.looks = 0;
  };
  const { stopped } = await run(client, { vendorBatch: { cancel: true } });
  expect(stopped?.code).toBe("CANCELLED");
});

/** Of the client, and no member of its requests: to which of its vendor's APIs they go. */
it("takes no answer of another API of the vendor's for its own (OpenAI)", async () => {
  const { vendor, create } = await openai();
  await given(prompts(2));
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  await run(create({ api: "chat" }), { signal: ending.signal });
  Object.assign(vendor.plays, { looking: undefined, looks: 1 });
  await expect(run(create({ api: "responses" }))).rejects.toMatchObject({ code: "OTHER_INPUT" });
  expect(await run(create({ api: "chat" }))).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.batches).toHaveLength(1);
});

import { existsSync } from "node:fs";
import type { Prices } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, answers, failures } = batchFiles();
const { run, claude, openai, groq, gemini } = vendorClients(file);

const isKept = () => existsSync(file("out.jsonl.vendor"));

describe.each(Object.entries({ claude, openai, groq, gemini }))("%s", (_, start) => {
  it("keeps a batch for the next run where none of its results can be read", async () => {
    const { vendor, client } = await start();
    await given(prompts(2));
    vendor.plays.file = () => "<html>\n";
    const { pending, stopped } = await run(client);
    expect({ pending, code: stopped?.code }).toEqual({ pending: 2, code: "INVALID_OUTPUT" });
    expect(stopped?.message).toContain("none of its results can be read");
    expect(isKept()).toBe(true);
    vendor.plays.file = undefined;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(await answers()).toEqual(["re: p1", "re: p2"]);
    expect(vendor.batches).toHaveLength(1);
    expect(isKept()).toBe(false);
  });

  it("gives such a batch up with cancel", async () => {
    const { vendor, client } = await start();
    await given(prompts(2));
    vendor.plays.file = () => "<html>\n";
    await run(client);
    expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
      ...{ answered: 0, failed: 2, pending: 0, stopped: { code: "CANCELLED" } },
    });
    expect(await failures()).toEqual([
      [1, "INVALID_OUTPUT"],
      [2, "INVALID_OUTPUT"],
    ]);
    expect(isKept()).toBe(false);
  });
});

it.each(Object.entries({ openai, groq }))(
  "keeps a batch that completed and tells no file (%s)",
  async (_, start) => {
    const { vendor, client } = await start();
    await given(prompts(2));
    vendor.plays.filesAfter = Number.POSITIVE_INFINITY;
    expect(await run(client)).toMatchObject({ pending: 2, stopped: { code: "INVALID_OUTPUT" } });
    vendor.plays.filesAfter = 0;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  },
);

/** What was answered before a batch was cancelled or expired is paid for, and has its file later. */
describe("a batch that did not complete", () => {
  const expired = { response: null, error: { code: "batch_expired", message: "not in time" } };

  it.each(
    Object.entries({ openai, groq }).flatMap(([name, start]) =>
      (["cancelled", "expired"] as const).map((status) => ({ name, start, status })),
    ),
  )("has its answers kept that come later ($name, $status)", async ({ start, status }) => {
    const { vendor, client } = await start();
    await given(prompts(3));
    Object.assign(vendor.plays, { status, filesAfter: 4 });
    vendor.plays.error = (prompt) => (prompt === "p2" ? expired : undefined);
    expect(await run(client)).toMatchObject({ answered: 2, failed: 1, pending: 0 });
    expect(await answers()).toEqual(["re: p1", "re: p3"]);
    expect(await failures()).toEqual([[2, "TIMEOUT"]]);
  });

  it.each([
    ["CANCELLED", "ABORTED"],
    ["EXPIRED", "TIMEOUT"],
  ])("has its answers kept that come later (Gemini, %s)", async (state, code) => {
    const { vendor, client } = await gemini();
    await given(prompts(3));
    Object.assign(vendor.plays, { state, answered: 2, fileAfter: 4 });
    expect(await run(client)).toMatchObject({ answered: 2, failed: 1, pending: 0 });
    expect(await answers()).toEqual(["re: p1", "re: p2"]);
    expect(await failures()).toEqual([[3, code]]);
  });

  it("is kept where none of its answers can be read, and nothing is asked again", async () => {
    const { vendor, client } = await openai();
    await given(prompts(2));
    Object.assign(vendor.plays, { status: "expired", filesAfter: Number.POSITIVE_INFINITY });
    expect(await run(client)).toMatchObject({ pending: 2, stopped: { code: "INVALID_OUTPUT" } });
    vendor.plays.filesAfter = 0;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  });

  it("counts what it has answered against the bound of costs, also where it cannot be read", async () => {
    const perToken = 1 / 1024;
    const prices: Prices = ({ outputTokens = 0 }) => outputTokens * perToken;
    const { vendor, create } = await openai();
    const client = create({ prices });
    await given(prompts(3).map((prompt) => ({ prompt, maxOutputTokens: 128 })));
    vendor.plays.status = "expired";
    vendor.plays.error = (prompt) => (prompt === "p1" ? expired : undefined);
    vendor.plays.file = (text) =>
      text.replaceAll(/.*re: p3.*/g, "{oops").replaceAll(/.*batch_expired.*/g, "");
    const [half, answered] = [(128 * perToken) / 2, (50 * perToken) / 2];
    const came = await run(client, { prices, maxCost: 3 * half });
    expect(came).toMatchObject({ answered: 1, failed: 2, pending: 0 });
    expect(came.spent).toBeCloseTo(answered + half);
    const again = await run(client, { prices, maxCost: 2 * half, retryFailed: true });
    expect(again).toMatchObject({ pending: 2, stopped: { code: "MAX_COST_REACHED" } });
    expect(vendor.batches).toHaveLength(1);
  });
});

describe("a batch of Gemini's that has succeeded and never has its file", () => {
  it("ends an hour after its last change, and is kept for the next run", async () => {
    const { vendor, client } = await gemini();
    await given(prompts(2));
    const changed = Date.now() - 2 * 3_600_000;
    Object.assign(vendor.plays, { fileAfter: Number.POSITIVE_INFINITY, changed });
    expect(await run(client)).toMatchObject({ pending: 2, stopped: { code: "INVALID_OUTPUT" } });
    vendor.plays.fileAfter = 0;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  });

  it("is waited for where no time of it is told", async () => {
    const { vendor, client } = await gemini();
    await given(prompts(2));
    Object.assign(vendor.plays, { fileAfter: 12, changed: Number.NaN });
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
  });

  it.each([true, false])(
    "ends at once with cancel (already said to be done: %s)",
    async (isDone) => {
      const { vendor, client } = await gemini();
      await given(prompts(2));
      const early = isDone ? "with a state" : undefined;
      Object.assign(vendor.plays, { fileAfter: Number.POSITIVE_INFINITY, early });
      const ending = new AbortController();
      vendor.plays.looking = () => ending.abort();
      await run(client, { signal: ending.signal });
      Object.assign(vendor.plays, { looking: undefined, uncancelled: () => true });
      expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
        ...{ failed: 2, pending: 0, stopped: { code: "CANCELLED" } },
      });
      expect(isKept()).toBe(false);
    },
  );
});

/** It ends between the look and the cancellation. */
it("takes a refused cancellation of a batch that has ended for done (Gemini)", async () => {
  const { vendor, client } = await gemini();
  await given(prompts(2));
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  await run(client, { signal: ending.signal });
  vendor.plays.looking = undefined;
  vendor.plays.uncancelled = () => {
    vendor.plays.looks = 0;
    return true;
  };
  expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
    ...{ answered: 2, stopped: { code: "CANCELLED" } },
  });
});

import { createClaude } from "@acc/claude";
import type { SoughtBatch } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { expect, it, onTestFinished, vi } from "vitest";
import { testKey } from "./acc.ts";
import { startFileBatches } from "./file-batches.ts";
import { startGeminiBatches } from "./gemini-batches.ts";
import { startMessageBatches } from "./message-batches.ts";

/** A vendor's package is loaded in each. */
vi.setConfig({ testTimeout: 60_000 });

const vendors = {
  claude: { create: createClaude, start: startMessageBatches, model: "claude-haiku-4-5" },
  openai: { create: createOpenAI, start: startFileBatches, model: "gpt-4o-mini" },
  groq: { create: createGroq, start: startFileBatches, model: "llama-3.3-70b-versatile" },
  gemini: { create: createGemini, start: startGeminiBatches, model: "gemini-2.5-flash" },
} as const;

type Name = keyof typeof vendors;

/** A vendor of two batches a page, with one batch of each mark. */
async function listOf(name: Name, marks: readonly string[]) {
  const { create, start, model } = vendors[name];
  const vendor = await start();
  const baseUrl = name === "groq" && "origin" in vendor ? vendor.origin : vendor.url;
  const key = { apiKey: testKey, secrets: false } as const;
  const client = create({ ...key, baseUrl, model, cache: false });
  onTestFinished(async () => {
    await client.close();
    await vendor.close();
  });
  vendor.plays.page = 2;
  const { signal } = new AbortController();
  const batches = await client.vendorBatches?.();
  if (batches === undefined) throw new Error("It has no batches.");
  const ids: string[] = [];
  for (const mark of marks) {
    const line = await batches.prepare({ messages: [{ role: "user", content: mark }] }, {});
    if ("reply" in line) throw new Error("Nobody has answered it.");
    ids.push(await batches.submit([{ id: `${mark}-0`, body: line.body }], mark, signal));
  }
  const usual = { lines: 1, after: Date.now() - 60_000, others: [] };
  const find = (mark: string, sought: Partial<SoughtBatch> = {}) =>
    batches.find({ ...usual, ...sought, mark }, signal);
  return { vendor, ids, find };
}

const names = Object.keys(vendors) as Name[];

/** What runs may stand behind many that have ended (Embassy-of-the-Free-Mind/sourcelibrary-v2#4889). */
it.each(names)(
  "finds a batch of %s behind others, on whatever page of the list it is",
  async (name) => {
    const marks = ["mark1", "mark2", "mark3", "mark4", "mark5"];
    const { ids, find } = await listOf(name, marks);
    for (const [index, mark] of marks.entries()) {
      expect(await find(mark)).toEqual({ id: ids[index] });
    }
    expect(await find("mark6")).toBe(undefined);
  },
);

it.each(names)("does not go through a list of %s without an end", async (name) => {
  const { vendor, find } = await listOf(name, ["mark1", "mark2", "mark3"]);
  vendor.plays.stuck = true;
  await expect(find("mark4")).rejects.toMatchObject({
    code: "INVALID_OUTPUT",
    message: expect.stringContaining("twice"),
  });
});

const tellMore = ["claude", "openai", "groq"] as const;

it.each(tellMore)("ends at a page of %s that holds nothing, whatever that says", async (name) => {
  const { vendor, ids, find } = await listOf(name, ["mark1", "mark2", "mark3"]);
  vendor.plays.more = true;
  expect(await find("mark1")).toEqual({ id: ids[0] });
  expect(await find("mark4")).toBe(undefined);
});

it.each(tellMore)("asks %s for no page behind those that are too old", async (name) => {
  const { vendor, find } = await listOf(name, ["mark1", "mark2", "mark3"]);
  Object.assign(vendor.plays, { more: true, unnamed: true });
  expect(await find("mark1", { after: Date.now() + 3_600_000 })).toBe(undefined);
});

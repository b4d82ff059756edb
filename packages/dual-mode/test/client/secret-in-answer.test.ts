import { memoryStore, openCache } from "@acc/cache";
import { createSecret } from "@acc/secrets";
import { describe, expect, it } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { gives, says, scripted } from "../scripted-provider.ts";

const value = "value-that-an-answer-repeats-0123456789";
createSecret("test_key", value, "explicit");

const warning = { code: "SECRET_IN_ANSWER" };
const inPieces: Part[] = [
  { type: "start" },
  { type: "text", text: `It is ${value.slice(0, 10)}` },
  { type: "text", text: value.slice(10) },
  { type: "finish", reason: "stop" },
];
const inCall: Part[] = [
  { type: "start" },
  { type: "tool-call", id: "1", name: "tell", input: { it: value } },
  { type: "finish", reason: "tool-calls" },
];

const inReasoning: Part[] = [
  { type: "start" },
  { type: "reasoning", text: value },
  { type: "text", text: "Done." },
  { type: "finish", reason: "stop" },
];

describe("an answer that holds a known secret", () => {
  it.each([
    ["in its text", says(`It is ${value}.`)],
    ["in pieces of it", gives(...inPieces)],
    ["in base64", says(Buffer.from(`xx${value}`).toString("base64"))],
    ["in the input of a tool call", gives(...inCall)],
    ["in its reasoning", gives(...inReasoning)],
  ])("%s is given with a warning, and not kept", async (_, script) => {
    const cache = openCache({ store: memoryStore() });
    const { client, ran } = scripted({ sdk: { scripts: [script] } }, { cache });
    const first = await client.chat("hi");
    expect(first).toMatchObject({ warnings: [warning], cached: false });
    expect(await client.chat("hi")).toMatchObject({ cached: false });
    expect(ran).toHaveLength(2);
    expect((await cache.stats()).tiers[0]?.entries ?? 0).toBe(0);
    await cache.close();
  });

  it("says so in a stream before its end, and to who joins", async () => {
    const cache = openCache({ store: memoryStore() });
    const { client } = scripted({ sdk: { scripts: [gives(...inPieces)] } }, { cache });
    const joined = client.chat("hi");
    const stream = client.stream("hi");
    const parts: Part[] = [];
    for await (const part of stream) parts.push(part);
    expect(parts.map(({ type }) => type).slice(-2)).toEqual(["warning", "finish"]);
    expect((await stream.reply).warnings).toMatchObject([warning]);
    expect((await joined).warnings).toMatchObject([warning]);
    await cache.close();
  });

  it("says so without a cache too", async () => {
    const { client } = scripted({ sdk: { scripts: [says(value)] } });
    expect(await client.chat("hi")).toMatchObject({ text: value, warnings: [warning] });
  });
});

it("keeps every other answer, without a warning", async () => {
  const cache = openCache({ store: memoryStore() });
  const { client } = scripted({ sdk: { scripts: [says(value.slice(0, -1))] } }, { cache });
  expect((await client.chat("hi")).warnings).toEqual([]);
  expect(await client.chat("hi")).toMatchObject({ cached: true });
  await cache.close();
});

import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, answers, failures } = batchFiles();

const { run, claude, openai, groq, gemini } = vendorClients(file);

describe.each(Object.entries({ claude, openai, groq, gemini }))("%s", (_, start) => {
  it.each([
    ["is not JSON", () => "{oops"],
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

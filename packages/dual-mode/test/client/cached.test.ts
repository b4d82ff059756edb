import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache, type ResponseCache } from "@acc/cache";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { gives, type Script, says, scripted } from "../scripted-provider.ts";

let directory: string;
let cache: ResponseCache;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "acc-cached-"));
  cache = openCache({ directory });
});

afterEach(async () => {
  await cache.close();
  await rm(directory, { recursive: true, force: true });
});

const both = () => ({ sdk: { scripts: [says("hello")] }, cli: { scripts: [says("cli")] } });

describe("the cache", () => {
  it("answers the second call, in either mode, whole or as a stream", async () => {
    const { client, ran } = scripted(both(), { cache });
    const first = await client.chat("hi");
    expect(first).toMatchObject({ cached: false, cid: expect.stringMatching(/^bafyrei/) });
    const again = await client.chat("hi", { only: "cli" });
    expect(again).toMatchObject({
      text: "hello",
      mode: "sdk",
      cached: true,
      fallback: false,
      attempts: [],
      usage: first.usage,
      cid: first.cid,
    });
    const parts: Part[] = [];
    const stream = client.stream("hi");
    for await (const part of stream) parts.push(part);
    expect(parts.map(({ type }) => type)).toEqual(["start", "text", "usage", "finish"]);
    expect(await stream.reply).toMatchObject({ text: "hello", cached: true });
    expect(ran).toHaveLength(1);
  });

  it("tells of a hit in memory, and of its reply", async () => {
    const { client, events } = scripted(both(), { cache });
    const before = Date.now();
    await client.chat("hi");
    const after = Date.now();
    events.length = 0;
    const { cid } = await client.chat("hi");
    expect(events).toMatchObject([
      { type: "call-start", model: "model-1" },
      { type: "cache", cid, hit: true, storedAt: expect.any(Number) },
      { type: "reply", reply: { cached: true, text: "hello" } },
    ]);
    const { storedAt = 0 } = events[1] as { readonly storedAt?: number };
    expect(storedAt).toBeGreaterThanOrEqual(before);
    expect(storedAt).toBeLessThanOrEqual(after);
  });

  it("tells the reply of a stream that it answers when the last part was read", async () => {
    const { client, events } = scripted(both(), { cache });
    await client.chat("hi");
    events.length = 0;
    const toldBy: string[] = [];
    for await (const { type } of client.stream("hi")) {
      toldBy.push(`${type} after ${events.map((event) => event.type).join()}`);
    }
    expect(toldBy.at(0)).toBe("start after call-start,cache");
    expect(toldBy.at(-1)).toBe("finish after call-start,cache");
    expect(events.map(({ type }) => type)).toEqual(["call-start", "cache", "reply"]);
  });

  it("replays nothing more to a reader once the client is closed", async () => {
    const { client } = scripted(both(), { cache });
    await client.chat("hi");
    const parts = client.stream("hi")[Symbol.asyncIterator]();
    expect(await parts.next()).toMatchObject({ value: { type: "start" } });
    await client.close();
    await expect(parts.next()).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("keeps what a stream brought", async () => {
    const { client, ran } = scripted(both(), { cache });
    await client.stream("hi").reply;
    expect(await client.chat("hi")).toMatchObject({ text: "hello", cached: true });
    expect(ran).toHaveLength(1);
  });

  it("tells requests, defaults, models, samples and tenants apart", async () => {
    const { client } = scripted(both(), { cache });
    const base = { messages: [{ role: "user", content: "hi" }] } as const;
    const cids = new Set<string | undefined>();
    for (const change of [{}, { system: "a" }, { model: "b" }, { sample: 1 }, { temperature: 0 }]) {
      cids.add((await client.chat({ ...base, ...change })).cid);
    }
    expect(cids.size).toBe(5);
    expect(await client.chat("hi", { tenant: "t", only: "sdk" })).toMatchObject({ cached: false });
    expect(await client.chat("hi", { tenant: "t", only: "sdk" })).toMatchObject({ cached: true });
  });

  it("is asked as the call says", async () => {
    const { client, ran } = scripted(both(), { cache });
    await expect(client.chat("hi", { cache: "only" })).rejects.toMatchObject({
      code: "NOT_CACHED",
    });
    expect(ran).toHaveLength(0);
    await client.chat("hi", { cache: "off" });
    await client.chat("hi");
    await client.chat("hi", { cache: "refresh" });
    expect(ran).toHaveLength(3);
    expect(await client.chat("hi", { cache: "only" })).toMatchObject({ cached: true });
  });

  it.each(["length", "content-filter", "other"] as const)(
    "does not keep an answer that ended by %s",
    async (reason) => {
      const parts: Part[] = [
        { type: "start" },
        { type: "text", text: "half" },
        { type: "finish", reason },
      ];
      const { client, ran } = scripted({ sdk: { scripts: [gives(...parts)] } }, { cache });
      await client.chat("hi");
      await client.chat("hi");
      expect(ran).toHaveLength(2);
    },
  );

  it("does not keep an answer that left something out", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [says("x")], supports: [] } },
      { cache, lenient: true },
    );
    const request = { messages: [{ role: "user", content: "hi" }], temperature: 1 } as const;
    const reply = await client.chat(request);
    expect(reply.warnings.map(({ code }) => code)).toEqual(["FEATURE_IGNORED"]);
    await client.chat(request);
    expect(ran).toHaveLength(2);
  });

  it("says of a request that has no key why it has none", async () => {
    const { client } = scripted(both(), { cache });
    let inputSchema: Record<string, unknown> = { type: "object" };
    for (let depth = 0; depth < 198; depth++) inputSchema = { not: inputSchema };
    const messages = [{ role: "user", content: "deeper than a key goes" }] as const;
    const reply = await client.chat({ messages, tools: [{ name: "deep", inputSchema }] });
    expect(reply.cid).toBeUndefined();
    expect(reply.warnings.map(({ code }) => code)).toEqual(["NOT_CACHEABLE"]);
  });

  it("makes one call of a thousand identical ones", async () => {
    const { client, ran } = scripted(both(), { cache });
    const replies = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        index % 2 ? client.chat("hi") : client.stream("hi").reply,
      ),
    );
    expect(ran).toHaveLength(1);
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(["hello"]));
  });

  it("goes on for the others when one caller leaves, and ends when all have", async () => {
    let ended = 0;
    const waits: Script = async function* (_, { signal }) {
      signal.addEventListener("abort", () => {
        ended += 1;
      });
      yield { type: "start" };
      await new Promise((resolve, reject) => {
        setTimeout(resolve, 100);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      yield { type: "text", text: "late" };
      yield { type: "finish", reason: "stop" };
    };
    const { client, ran } = scripted({ sdk: { scripts: [waits] } }, { cache });
    const abort = new AbortController();
    const leaver = client.chat("hi", { signal: abort.signal });
    const stayer = client.chat("hi");
    setTimeout(() => abort.abort(), 20);
    await expect(leaver).rejects.toMatchObject({ code: "ABORTED" });
    expect(await stayer).toMatchObject({ text: "late", cached: false });
    const alone = new AbortController();
    const last = client.chat("other", { signal: alone.signal });
    await expect.poll(() => ran.length, { interval: 5 }).toBe(2);
    const before = ended;
    alone.abort();
    await expect(last).rejects.toMatchObject({ code: "ABORTED" });
    expect(ended).toBe(before + 1);
    expect(ran).toHaveLength(2);
  });

  it("outlives the deadline of the caller who came first", async () => {
    let runs = 0;
    const slowThenBusy: Script = async function* (request, context) {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 120));
      if (runs === 1) throw new DualModeError("OVERLOADED", "Busy.");
      yield* says("at last")(request, context);
    };
    const { client } = scripted({ sdk: { scripts: [slowThenBusy] } }, { cache, only: "sdk" });
    const hasty = client.chat("hi", { timeout: 60 });
    const patient = client.chat("hi");
    await expect(hasty).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect(await patient).toMatchObject({ text: "at last" });
  });

  it("joins nobody to a lenient call, whose answer may lack what was asked for", async () => {
    const { client, ran } = scripted(
      { cli: { scripts: [says("without")], supports: [] }, sdk: { scripts: [says("with")] } },
      { cache, prefer: "cli" },
    );
    const request = { messages: [{ role: "user", content: "hi" }], temperature: 1 } as const;
    const [lenient, strict] = await Promise.all([
      client.chat(request, { lenient: true }),
      client.chat(request),
    ]);
    expect([lenient.text, strict.text]).toEqual(["without", "with"]);
    expect(ran).toHaveLength(2);
    expect(await client.chat(request)).toMatchObject({ text: "with", cached: true });
    expect(await client.chat(request, { lenient: true })).toMatchObject({
      text: "with",
      cached: true,
    });
  });
});

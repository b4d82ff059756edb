import { memoryStore, openCache, type ResponseCache } from "@acc/cache";
import { describe, expect, it, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Client } from "../../src/contract/client.ts";
import type { ModeSource, Provider, ProviderMode } from "../../src/contract/provider.ts";
import { says } from "../scripted-provider.ts";

const mode: ProviderMode<object> = {
  credentials: ["none"],
  supports: [],
  probe: async () => ({ available: true }),
  run: says("loaded"),
};

function clientOf(
  modes: { readonly cli?: ModeSource<object>; readonly sdk?: ModeSource<object> },
  cache: ResponseCache | false = false,
): Client {
  const provider: Provider = { id: "late", defaultModel: "m", ...modes };
  return defineProvider(provider)({ secrets: false, cache });
}

describe("a mode that is a function", () => {
  it("is loaded once, by the first calls", async () => {
    const load = vi.fn(async () => mode);
    await using client = clientOf({ sdk: load });
    expect(load).not.toHaveBeenCalled();
    const replies = await Promise.all([client.chat("one"), client.chat("two")]);
    await client.status();
    expect(replies.map(({ text }) => text)).toEqual(["loaded", "loaded"]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("is not loaded for a chat or a stream that the cache answers", async () => {
    await using cache = openCache({ store: [memoryStore()] });
    await using first = clientOf({ sdk: mode }, cache);
    await first.chat("hi");
    const load = vi.fn(async () => mode);
    await using second = clientOf({ sdk: load }, cache);
    expect(await second.chat("hi")).toMatchObject({ text: "loaded", cached: true });
    const stream = second.stream("hi");
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types).toEqual(["start", "text", "usage", "finish"]);
    expect(await stream.reply).toMatchObject({ text: "loaded", cached: true });
    expect(load).not.toHaveBeenCalled();
  });
});

describe("a mode that cannot be loaded", () => {
  it.each([
    ["throws", () => Promise.reject(new Error("no such file")), "no such file"],
    ["gives nothing", async () => undefined as never, "what its function gave is not a mode"],
    ["gives something else", async () => ({}) as never, "what its function gave is not a mode"],
  ])("because its function %s is a mode that cannot be used", async (_, load, why) => {
    await using client = clientOf({ sdk: load, cli: mode });
    const found = { code: "PROVIDER_FAULT", reason: expect.stringContaining(why) };
    const request = { messages: [{ role: "user", content: "hi" }], seed: 1 } as const;
    const reply = await client.chat(request, { lenient: true });
    expect(reply).toMatchObject({ text: "loaded", mode: "cli", attempts: [found, {}] });
    const [status] = await client.status();
    expect(status).toMatchObject({ cli: { available: true }, sdk: { available: false, ...found } });
  });

  it("is the error of a call that has no other", async () => {
    await using client = clientOf({ sdk: () => Promise.reject(new Error("gone")) });
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "PROVIDER_FAULT",
      attempts: [{ mode: "sdk", code: "PROVIDER_FAULT" }],
    });
  });
});

describe("a mode that never comes", () => {
  const hanging = () => clientOf({ sdk: () => new Promise(() => {}) });

  it("does not outlast a deadline, nor an abort", async () => {
    await using client = hanging();
    const late = { code: "DEADLINE_EXCEEDED" };
    await expect(client.chat("hi", { timeout: 50 })).rejects.toMatchObject(late);
    const [listed] = await Promise.allSettled([client.listModels({ timeout: 50 })]);
    expect(listed).toMatchObject({ status: "rejected", reason: late });
    const control = new AbortController();
    const call = client.chat("hi", { signal: control.signal });
    control.abort();
    await expect(call).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("holds neither close nor a reader that leaves", async () => {
    const client = hanging();
    const parts = client.stream("hi")[Symbol.asyncIterator]();
    const part = expect(parts.next()).rejects.toMatchObject({ code: "ABORTED" });
    await parts.return?.();
    await part;
    const call = expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
    await client.close();
    await call;
  });
});

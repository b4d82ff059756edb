import { memoryStore, openCache } from "@acc/cache";
import { expect, test, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ModeSource, Provider, ProviderMode } from "../../src/contract/provider.ts";
import { says } from "../scripted-provider.ts";

const sdk: ProviderMode<object> = {
  credentials: ["none"],
  supports: [],
  probe: async () => ({ available: true }),
  run: says("loaded"),
};

const clientOf = (source: ModeSource<object>, cache: ReturnType<typeof openCache> | false) => {
  const provider: Provider = { id: "late", defaultModel: "m", sdk: source };
  return defineProvider(provider)({ secrets: false, cache });
};

test("a mode that is a function is loaded once, by the first calls", async () => {
  const load = vi.fn(async () => sdk);
  await using client = clientOf(load, false);
  expect(load).not.toHaveBeenCalled();
  const replies = await Promise.all([client.chat("one"), client.chat("two")]);
  await client.status();
  expect(replies.map(({ text }) => text)).toEqual(["loaded", "loaded"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("what the cache answers loads no mode", async () => {
  await using cache = openCache({ store: [memoryStore()] });
  await using first = clientOf(sdk, cache);
  await first.chat("hi");
  const load = vi.fn(async () => sdk);
  await using second = clientOf(load, cache);
  expect(await second.chat("hi")).toMatchObject({ text: "loaded", cached: true });
  expect(load).not.toHaveBeenCalled();
});

test("a mode that cannot be loaded is the provider's fault, and is tried again", async () => {
  const cause = new Error("no such file");
  const load = vi.fn(async () => sdk).mockRejectedValueOnce(cause);
  await using client = clientOf(load, false);
  await expect(client.chat("hi")).rejects.toMatchObject({
    code: "PROVIDER_FAULT",
    message: "The provider could not load its sdk mode.",
    cause,
  });
  expect((await client.chat("hi")).text).toBe("loaded");
});

test("a client can be closed while a mode fails to load", async () => {
  let fail = (_: Error): void => {};
  const load = vi.fn(
    () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
  );
  const client = clientOf(load, false);
  const call = expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  await vi.waitFor(() => expect(load).toHaveBeenCalled());
  const closed = client.close();
  fail(new Error("gone"));
  await Promise.all([closed, call]);
});

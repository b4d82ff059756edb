import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache, type ResponseCache } from "@acc/cache";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { defineProvider } from "../../src/client/define-provider.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, says, scripted } from "../scripted-provider.ts";

let directory: string;
let cache: ResponseCache;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "acc-counts-"));
  cache = openCache({ directory });
});

afterEach(async () => {
  await cache.close();
  await rm(directory, { recursive: true, force: true });
});

const answers = () => scripted({ sdk: { scripts: [says("hello")] } }, { cache }).client;

async function byLabel() {
  return (await cache.stats()).session.byLabel;
}

describe("the cache's counts", () => {
  it("tell what was asked of a provider by its id, by whichever way", async () => {
    const client = answers();
    await client.chat("hi");
    expect(await byLabel()).toMatchObject({ [client.provider]: { hits: 0, misses: 1 } });
    await client.chat("hi");
    await client.stream("hi").reply;
    await client.chat("hi", { cache: "only" });
    expect(await byLabel()).toMatchObject({ [client.provider]: { hits: 3, misses: 1 } });
    await expect(client.stream("other", { cache: "only" }).reply).rejects.toThrow();
    const whole = await byLabel();
    expect(whole).toMatchObject({ [client.provider]: { hits: 3, misses: 2 } });
    expect(Object.keys(whole)).toEqual([client.provider]);
  });

  it("tell of a caller who joined another", async () => {
    const client = answers();
    await Promise.all([client.chat("hi"), client.stream("hi").reply]);
    expect(await byLabel()).toMatchObject({ [client.provider]: { misses: 1, joined: 1 } });
  });

  it("tell of each provider of a chain under its own id", async () => {
    const first = scripted(
      { sdk: { scripts: [fails(new DualModeError("NETWORK", "Cut."))] } },
      { cache, retry: 0, only: "sdk" },
    ).client;
    const second = answers();
    const both = chain([first, second]);
    await both.chat("hi");
    await both.chat("hi");
    expect(await byLabel()).toMatchObject({
      [first.provider]: { hits: 0, misses: 2 },
      [second.provider]: { hits: 1, misses: 1 },
    });
  });

  it("have no line for an id that the cache takes for no label, and the call is answered", async () => {
    const create = defineProvider({
      id: "An id / as it should not be",
      defaultModel: "m",
      sdk: {
        credentials: ["none"],
        supports: [],
        probe: async () => ({ available: true }),
        run: says("hello"),
      },
    });
    const client = create({ cache, secrets: false });
    await client.chat("hi");
    expect(await client.chat("hi")).toMatchObject({ text: "hello", cached: true });
    const { session } = await cache.stats();
    expect(session).toMatchObject({ hits: { memory: 1 }, misses: 1, byLabel: {} });
  });
});

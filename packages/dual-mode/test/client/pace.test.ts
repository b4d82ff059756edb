import { describe, expect, it, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, type Script, says, scripted } from "../scripted-provider.ts";
import { settled } from "../settled.ts";
import { eachTestOnPlayedTime, limit, limited, ready, threeKeys } from "./pace-scene.ts";

eachTestOnPlayedTime();

it("of a client that asks each route once waits for none", async () => {
  const limit = new DualModeError("RATE_LIMITED", "Slow down.", { retryAfter: 50 });
  const scripts = [fails(limit), says("too late")];
  const { client, ran } = scripted({ sdk: { scripts } }, { retry: 0 });
  await expect(client.chat("hi")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(ran).toHaveLength(1);
});

describe("200 calls under a limit of 20 a second", () => {
  it.each([
    [1, "one key", {}],
    [16, "one key", {}],
    [64, "one key", {}],
    [256, "one key", {}],
    [64, "three keys", threeKeys],
    [256, "three keys", threeKeys],
  ])("%i at once with %s are all answered (BerriAI/litellm#3793)", async (atOnce, _, options) => {
    const { client } = await ready(
      { sdk: { scripts: [limited()] } },
      { retry: 0, waitForLimits: true, ...options },
    );
    let next = 0;
    let answered = 0;
    const worker = async () => {
      while (next < 200) {
        next += 1;
        await client.chat(`hi ${next}`);
        answered += 1;
      }
    };
    const workers = await settled(Array.from({ length: atOnce }, worker));
    expect(workers.find(({ status }) => status === "rejected")).toBeUndefined();
    expect(answered).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are all answered where the vendor names no wait", async () => {
    const { client } = await ready(
      { sdk: { scripts: [limited(undefined)] } },
      { retry: 0, waitForLimits: true },
    );
    const calls = Array.from({ length: 200 }, (_, number) => client.chat(`hi ${number}`));
    const ends = await settled(calls);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  });
});

describe("the pace of a credential", () => {
  it("is shared by all clients of the process that have it", async () => {
    let [running, most] = [0, 0];
    const create = defineProvider({
      id: "paced-together",
      defaultModel: "m",
      credential: { name: "paced_together_api_key", env: [] },
      sdk: {
        credentials: ["key"],
        supports: [],
        probe: async () => ({ available: true }),
        run: async function* (request, context) {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setTimeout(resolve, 100));
          running -= 1;
          yield* says("ok")(request, context);
        },
      },
    });
    const options = {
      secrets: false,
      cache: false,
      apiKey: "key-of-both",
      concurrency: 2,
    } as const;
    const clients = [create(options), create(options)];
    await Promise.all(clients.map((client) => client.status()));
    const calls = clients.flatMap((client) => ["a", "b", "c"].map((text) => client.chat(text)));
    const ends = await settled(calls);
    expect(ends.every(({ status }) => status === "fulfilled")).toBe(true);
    expect(most).toBe(2);
  });

  it("gives the place of a stream that nobody reads to the next, at its deadline (agentscope-ai/QwenPaw#6998)", async () => {
    const { client } = await ready(
      { sdk: { scripts: [says("a long answer in pieces")] } },
      { concurrency: 1 },
    );
    const stream = client
      .stream("never read to its end", { timeout: 1_000 })
      [Symbol.asyncIterator]();
    await stream.next();
    const [end] = await settled([client.chat("next", { timeout: 5_000 })]);
    expect(end).toMatchObject({ value: { text: "a long answer in pieces" } });
    await stream.return?.().catch(() => {});
  });

  it("is not touched by a refusal of one request alone", async () => {
    const scripts = [fails(limit({ cooldown: 0 })), says("ok")];
    const { client } = await ready({ sdk: { scripts } });
    const [end] = await settled([client.chat("too large")]);
    expect(end).toMatchObject({ status: "rejected" });
    expect(await client.chat("small")).toMatchObject({ text: "ok" });
  });

  it("heeds what the vendor tells with its answers", async () => {
    const told: Script = async function* (request, context) {
      const requests = { limit: 10, remaining: 0, resetsAt: Date.now() + 10_000 };
      for await (const part of says("ok")(request, context)) {
        yield part;
        if (part.type === "start") yield { type: "limits", limits: { requests } };
      }
    };
    const { client } = await ready({ sdk: { scripts: [told] } });
    await client.chat("first");
    const started = performance.now();
    await settled([client.chat("second")]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
  });
});

describe("options that are wrong are refused by name", () => {
  it.each([
    [{ concurrency: 0 }, "options.concurrency"],
    [{ concurrency: 1.5 }, "options.concurrency"],
    [{ rate: 5 }, "options.rate"],
    [{ rate: { limit: 5 } }, "options.rate.interval"],
    [{ rate: { limit: 0, interval: 1_000 } }, "options.rate.limit"],
    [{ rate: { limit: 5, interval: 0 } }, "options.rate.interval"],
    [{ rate: { limit: 5, interval: 1_000, burst: 2 } }, "burst"],
    [{ waitForLimits: "no" }, "options.waitForLimits"],
  ])("%j", (options, name) => {
    expect(() => scripted({ sdk: { scripts: [says("x")] } }, options as never)).toThrow(name);
  });
});

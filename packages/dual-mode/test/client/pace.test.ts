import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PlayedLimit } from "../../../../scripts/played-limit.ts";
import { chain } from "../../src/client/chain.ts";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, hangs, type Script, says, scripted } from "../scripted-provider.ts";
import { settled } from "../settled.ts";

const limit = (details = {}) => new DualModeError("RATE_LIMITED", "Slow down.", details);

// What a first call loads takes no time of a test's clock.
beforeAll(async () => {
  await scripted({ sdk: { scripts: [says("warm")] } }).client.chat("hi");
});
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 29) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client that has loaded all it needs: from then on it takes no time but the test's. */
async function ready(...given: Parameters<typeof scripted>): Promise<ReturnType<typeof scripted>> {
  const scene = scripted(...given);
  await scene.client.status();
  return scene;
}

/** Answers as a vendor that takes 20 calls a second of each key. */
function limited(retryAfter: number | undefined = 1_000): Script {
  const limits = new Map<string, PlayedLimit>();
  return async function* (request, context) {
    const { source } = context.credential;
    const vendor = limits.get(source) ?? new PlayedLimit("window", 20, 1_000);
    limits.set(source, vendor);
    if (!vendor.takes(performance.now())) {
      throw limit(retryAfter === undefined ? {} : { retryAfter });
    }
    yield* says("ok")(request, context);
  };
}

const threeKeys: ClientOptions = {
  apiKey: undefined as never,
  apiKeys: ["pace-key-one", "pace-key-two", "pace-key-three"],
};

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

describe("a wait for a limit", () => {
  it("is no failed attempt: retry counts failures alone", async () => {
    const scripts = [
      ...Array.from({ length: 5 }, () => fails(limit({ retryAfter: 100 }))),
      says("ok"),
    ];
    const { client, ran } = await ready({ sdk: { scripts } }, { retry: 0, waitForLimits: true });
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "ok", fallback: false } });
    expect(ran).toHaveLength(6);
  });

  it("ends with the call's time, and the error says what it waited for", async () => {
    const { client } = await ready(
      { sdk: { scripts: [hangs([{ type: "start" }])] } },
      { concurrency: 1 },
    );
    const first = client.chat("first", { timeout: 60_000 });
    const [end] = await settled([client.chat("second", { timeout: 1_000 })]);
    expect(end).toMatchObject({
      reason: {
        code: "DEADLINE_EXCEEDED",
        message: expect.stringMatching(/waited \d+ ms for its turn: option/),
        fix: expect.stringContaining("timeout"),
        attempts: [{ code: "RATE_LIMITED", credential: "option" }],
      },
    });
    await Promise.all([client.close(), settled([first])]);
  });

  it("that is over is not blamed for what another route takes then", async () => {
    const refused: Script = async function* () {
      yield { type: "start" };
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw limit({ retryAfter: 50_000 });
    };
    const { client, ran } = await ready(
      { sdk: { scripts: [refused] }, cli: { scripts: [hangs([{ type: "start" }])] } },
      { concurrency: 1 },
    );
    const timeout = 1_000;
    const first = client.chat("first", { only: "sdk", timeout });
    const [, end] = await settled([first, client.chat("second", { timeout })]);
    expect(ran).toEqual(["sdk option", "cli login"]);
    expect(end).toMatchObject({ reason: { code: "DEADLINE_EXCEEDED" } });
    expect(end).not.toMatchObject({ reason: { message: expect.stringContaining("waited") } });
  });

  it("that is longer than the call's time is not begun (diegosouzapw/OmniRoute#495)", async () => {
    const { client } = await ready({ sdk: { scripts: [fails(limit({ retryAfter: 60_000 }))] } });
    const started = performance.now();
    const [end] = await settled([client.chat("hi", { timeout: 30_000 })]);
    expect(end).toMatchObject({ reason: { attempts: [{ code: "RATE_LIMITED" }] } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("is refused by who wants none, until the limit is over", async () => {
    const scripts = [fails(limit({ retryAfter: 500 })), says("ok")];
    const { client } = await ready({ sdk: { scripts } }, { waitForLimits: false });
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ reason: { attempts: [{ code: "RATE_LIMITED" }] } });
    await vi.advanceTimersByTimeAsync(600);
    expect(await client.chat("hi")).toMatchObject({ text: "ok" });
  });

  it("is told as no failure where others are only before the call", async () => {
    const { client } = await ready(
      { sdk: { scripts: [hangs([{ type: "start" }])] } },
      { concurrency: 1 },
    );
    const first = client.chat("first");
    const [end] = await settled([client.chat("second", { waitForLimits: false })]);
    expect(end).toMatchObject({
      reason: { code: "RATE_LIMITED", message: expect.stringMatching(/^Calls wait for this/) },
    });
    await Promise.all([client.close(), settled([first])]);
  });

  it("is for the credential that is free first (BerriAI/litellm#3646)", async () => {
    const waits: Record<string, number> = {
      "option[0]": 50_000,
      "option[1]": 200,
      "option[2]": 9_000,
    };
    const seen = new Set<string>();
    const script: Script = async function* (request, context) {
      const { source } = context.credential;
      if (!seen.has(source)) {
        seen.add(source);
        throw limit({ retryAfter: waits[source] ?? 0 });
      }
      yield* says("ok")(request, context);
    };
    const { client, ran } = await ready({ sdk: { scripts: [script] } }, threeKeys);
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "ok" } });
    expect(ran.at(-1)).toBe("sdk option[1]");
  });

  it("ends at once for all when the key itself is refused", async () => {
    let asked = 0;
    const script: Script = async function* () {
      asked += 1;
      yield { type: "start" };
      if (asked === 1) throw limit({ retryAfter: 100 });
      throw new DualModeError("AUTHENTICATION_FAILED", "The key is revoked.");
    };
    const { client } = await ready({ sdk: { scripts: [script] } });
    const ends = await settled(
      Array.from({ length: 50 }, (_, number) => client.chat(`hi ${number}`)),
    );
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    // All 50 went before anything was known; then one found the key revoked, for the others too.
    expect(asked).toBeLessThan(55);
  });

  it("leaves nothing when its caller aborts, or the client is closed", async () => {
    const { client, ran } = await ready({
      sdk: { scripts: [fails(limit({ retryAfter: 60_000 }))] },
    });
    const stop = new AbortController();
    const calls = [
      client.chat("aborted", { signal: stop.signal }),
      client.stream("left", { signal: stop.signal }).reply as Promise<never>,
      client.chat("closed"),
    ];
    const ends = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync(1_000);
    stop.abort();
    await vi.advanceTimersByTimeAsync(10);
    await client.close();
    expect((await ends).map((end) => "reason" in end && end.reason.code)).toEqual([
      "ABORTED",
      "ABORTED",
      "CLOSED",
    ]);
    expect(vi.getTimerCount()).toBe(0);
    expect(ran.length).toBeLessThanOrEqual(3);
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

describe("a chain", () => {
  const both = async (first: Script[], second: Script[]) => {
    const scenes = [
      await ready({ sdk: { scripts: first } }),
      await ready({ sdk: { scripts: second } }),
    ];
    return { scenes, client: chain(scenes.map(({ client }) => client)) };
  };
  const fiveMinutes = fails(limit({ retryAfter: 300_000 }));

  it("asks the next provider before it waits for a limit (diegosouzapw/OmniRoute#495)", async () => {
    const { client } = await both([fiveMinutes], [says("next")]);
    const started = performance.now();
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "next", fallback: true } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("waits for the limit where no other provider answers", async () => {
    const broken = fails(new DualModeError("AUTHENTICATION_FAILED", "No such key."));
    const { client } = await both([fails(limit({ retryAfter: 2_000 })), says("late")], [broken]);
    const [chatted, streamed] = [await settled([client.chat("hi")]), client.stream("again")];
    expect(chatted).toMatchObject([{ value: { text: "late" } }]);
    expect((await settled([streamed.reply as Promise<never>]))[0]).toMatchObject({
      value: { text: "late" },
    });
  });

  it("loses no call where all its providers have limits", async () => {
    const { client } = await both([limited()], [limited()]);
    const calls = Array.from({ length: 200 }, (_, number) => client.chat(`hi ${number}`));
    const ends = await settled(calls);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  });

  it("of one provider loses none either", async () => {
    const { client } = await ready({ sdk: { scripts: [limited()] } });
    const calls = Array.from({ length: 200 }, (_, number) => chain([client]).chat(`hi ${number}`));
    const ends = await settled(calls);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  });

  it("waits at each where its caller wants that", async () => {
    const { client } = await both(
      [fails(limit({ retryAfter: 100 })), says("first")],
      [says("next")],
    );
    const [end] = await settled([client.chat("hi", { waitForLimits: true })]);
    expect(end).toMatchObject({ value: { text: "first" } });
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

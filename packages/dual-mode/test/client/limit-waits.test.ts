import { describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { fails, hangs, type Script, says } from "../scripted-provider.ts";
import { settled } from "../settled.ts";
import { eachTestOnPlayedTime, limit, ready, threeKeys } from "./pace-scene.ts";

eachTestOnPlayedTime();

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
      reason: { code: "RATE_LIMITED", message: expect.stringMatching(/^Other calls already wait/) },
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

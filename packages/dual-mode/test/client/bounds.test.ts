import { describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { fails, gives, says, scripted } from "../scripted-provider.ts";

const start = { type: "start" } as const;
const finish = { type: "finish", reason: "tool-calls" } as const;

/** As JSON.parse gives it, which overflows nothing. */
const nested = (levels: number): unknown =>
  JSON.parse(`${"[".repeat(levels)}1${"]".repeat(levels)}`);

describe("an error is no larger than its bound", () => {
  const long = "model is not found ".repeat(100_000);
  const cause = new Error(long, { cause: new Error(long, { cause: long }) });

  it.each([
    ["coded", new DualModeError("SERVER_ERROR", long, { fix: long, cause })],
    ["uncoded", cause],
    ["no error", long],
  ])("%s", async (_, thrown) => {
    const { client, events } = scripted(
      { sdk: { scripts: [fails(thrown)] } },
      { apiKey: undefined as never, apiKeys: ["key-aaaaaaaa", "key-bbbbbbbb"], retry: 0 },
    );
    const error = await client.chat("hi").catch((caught: unknown) => caught as DualModeError);
    expect(DualModeError.is(error)).toBe(true);
    const told = [error, events].map((each) => JSON.stringify(each).length);
    expect(Math.max(...told)).toBeLessThan(100_000);
    for (let link = error as Error | undefined; link; link = link.cause as Error | undefined) {
      expect((link.stack ?? "").length + String(link.message).length).toBeLessThan(40_000);
    }
  });
});

describe("data that is nested without end is INVALID_OUTPUT", () => {
  const called = (input: unknown) =>
    gives(start, { type: "tool-call", id: "a", name: "b", input }, finish);

  it("in the arguments of a tool", async () => {
    const { client } = scripted({ sdk: { scripts: [called(nested(50_000))] } }, { retry: 0 });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "INVALID_OUTPUT" }],
    });
  });

  it("and as deep as a request may be it is an answer", async () => {
    const { client } = scripted({ sdk: { scripts: [called(nested(199))] } }, { retry: 0 });
    expect((await client.chat("hi")).toolCalls).toHaveLength(1);
  });

  it("in an answer that is asked for by a schema", async () => {
    const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const { client } = scripted({ sdk: { scripts: [says(deep)] } }, { retry: 0 });
    const request = {
      messages: [{ role: "user", content: "hi" }],
      schema: { jsonSchema: { type: "object" }, validate: (value: unknown) => value },
    } as const;
    await expect(client.chat(request)).rejects.toMatchObject({
      attempts: [{ code: "INVALID_OUTPUT" }],
    });
  });
});

describe("a wait is believed up to a bound", () => {
  const limited = (retryAfter: number) =>
    fails(new DualModeError("RATE_LIMITED", "Slow down.", { retryAfter }));
  const restOf = (error: unknown) =>
    Number(/Left alone for (\d+) s/.exec(JSON.stringify(error))?.[1] ?? Number.NaN);

  it.each([
    ["seconds since 1970 (openclaw/clawhub#407)", 1_796_000_000_000, 10],
    ["three days (bbot#2425)", 3 * 86_400_000, 86_400],
    ["no number", Number.NaN, 10],
    ["less than nothing", -1, 10],
    ["a minute", 60_000, 62],
  ])("%s", async (_, retryAfter, most) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const { client } = scripted(
      { sdk: { scripts: [limited(retryAfter)] } },
      { waitForLimits: false },
    );
    await client.chat("hi").catch(() => {});
    const rest = restOf(await client.chat("hi").catch((thrown: unknown) => thrown));
    vi.useRealTimers();
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThanOrEqual(most);
  });
});

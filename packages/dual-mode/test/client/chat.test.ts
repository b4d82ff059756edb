import { describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, gives, hangs, says, scripted } from "../scripted-provider.ts";

const error = (code: ConstructorParameters<typeof DualModeError>[0], details = {}) =>
  new DualModeError(code, `It was ${code}.`, details);
const start = { type: "start" } as const;

describe("chat", () => {
  it("answers through the preferred mode", async () => {
    const { client, ran } = scripted({
      sdk: { scripts: [says("hello")] },
      cli: { scripts: [says("x")] },
    });
    const reply = await client.chat("hi");
    expect(reply).toMatchObject({
      text: "hello",
      mode: "sdk",
      cached: false,
      fallback: false,
      finishReason: "stop",
      usage: { inputTokens: 1, outputTokens: 2 },
      attempts: [{ mode: "sdk", credential: "option", model: "model-1" }],
    });
    expect(ran).toEqual(["sdk option"]);
  });

  it.each([
    ["sdk", "cli"],
    ["cli", "sdk"],
  ] as const)("falls back from the %s to the %s", async (prefer, other) => {
    const { client } = scripted(
      { [prefer]: { scripts: [fails(error("OVERLOADED"))] }, [other]: { scripts: [says("ok")] } },
      { prefer, retry: 0, billing: "key" },
    );
    const reply = await client.chat("hi");
    expect(reply).toMatchObject({ text: "ok", mode: other, fallback: true, warnings: [] });
    expect(reply.attempts.map(({ mode, code }) => [mode, code])).toEqual([
      [prefer, "OVERLOADED"],
      [other, undefined],
    ]);
  });

  it("says when somebody else pays", async () => {
    const refused = fails(error("QUOTA_EXHAUSTED"));
    const { client } = scripted(
      { cli: { scripts: [refused, says("ok")] }, sdk: { scripts: [says("x")] } },
      { prefer: "cli", retry: 0 },
    );
    const reply = await client.chat("hi");
    expect(reply.attempts.map(({ mode, credential }) => `${mode} ${credential}`)).toEqual([
      "cli login",
      "cli option",
    ]);
    expect(reply.warnings.map(({ code }) => code)).toEqual(["PAYER_CHANGED"]);
  });

  it("tries a passing fault again on the same route, and that is no fallback", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client } = scripted({ sdk: { scripts: [fails(error("SERVER_ERROR")), says("ok")] } });
    const reply = await client.chat("hi");
    expect(reply).toMatchObject({ text: "ok", fallback: false });
    expect(reply.attempts.map(({ code }) => code)).toEqual(["SERVER_ERROR", undefined]);
  });

  it.each(["INVALID_REQUEST", "CONTEXT_TOO_LONG", "CONTENT_FILTERED"] as const)(
    "throws %s at once",
    async (code) => {
      const { client, ran } = scripted({
        sdk: { scripts: [fails(error(code))] },
        cli: { scripts: [says("x")] },
      });
      await expect(client.chat("hi")).rejects.toMatchObject({ code, attempts: [{ code }] });
      expect(ran).toHaveLength(1);
    },
  );

  it("goes on to another key where one was refused, and not to the other mode with it", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [fails(error("AUTHENTICATION_FAILED"))] }, cli: { scripts: [says("x")] } },
      { apiKeys: ["first-key-1", "second-key-2"], billing: "key", apiKey: undefined as never },
    );
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect(ran).toEqual(["sdk option[0]", "sdk option[1]"]);
  });

  it("waits out a rate limit where no other route is left", async () => {
    const { client } = scripted(
      { sdk: { scripts: [fails(error("RATE_LIMITED", { retryAfter: 30 })), says("ok")] } },
      { only: "sdk" },
    );
    const reply = await client.chat("hi");
    expect(reply.text).toBe("ok");
    expect(reply.attempts.map(({ code }) => code)).toEqual(["RATE_LIMITED", undefined]);
  });

  it("lists every route where none answers, with the way out", async () => {
    const { client } = scripted(
      {
        cli: {
          scripts: [says("x")],
          availability: {
            available: false,
            code: "CLI_NOT_FOUND",
            reason: "Not here.",
            fix: "Install it.",
          },
        },
        sdk: { scripts: [says("x")] },
      },
      { apiKey: undefined as never },
    );
    const thrown = await client.chat("hi").catch((caught: unknown) => caught);
    expect(DualModeError.is(thrown)).toBe(true);
    const failure = thrown as DualModeError;
    expect(failure.code).toBe("MISSING_CREDENTIALS");
    expect(failure.attempts.map(({ mode, code }) => `${mode} ${code}`).sort()).toEqual([
      "cli CLI_NOT_FOUND",
      "sdk MISSING_CREDENTIALS",
    ]);
    for (const { reason, fix } of failure.attempts) {
      expect(failure.message).toContain(reason);
      expect(failure.message).toContain(fix);
    }
  });

  it.each([
    ["no end", [start, { type: "text", text: "a" }], "INVALID_OUTPUT"],
    ["no text", [start, { type: "finish", reason: "stop" }], "INVALID_OUTPUT"],
    ["no start", [{ type: "text", text: "a" }], "PROVIDER_FAULT"],
    ["two starts", [start, start], "PROVIDER_FAULT"],
    [
      "a part after the end",
      [start, { type: "finish", reason: "stop" }, { type: "text", text: "a" }],
      "PROVIDER_FAULT",
    ],
    [
      "a filtered answer",
      [start, { type: "finish", reason: "content-filter" }],
      "CONTENT_FILTERED",
    ],
  ] as const)("does not take %s for an answer", async (_, parts, code) => {
    const { client, events } = scripted({ sdk: { scripts: [gives(...parts)] } }, { retry: 0 });
    await expect(client.chat("hi")).rejects.toThrow();
    const ends = events.flatMap((event) =>
      event.type === "attempt-end" ? [event.attempt.code] : [],
    );
    expect(ends).toEqual([code]);
  });

  it("gives an error without a code as the provider's fault", async () => {
    const { client } = scripted({ sdk: { scripts: [fails("a string")] } });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  });

  it("shows no key in an error, its cause or its attempts", async () => {
    const cause = new Error("header x-api-key: key-number-one");
    const { client } = scripted(
      { sdk: { scripts: [fails(error("SERVER_ERROR", { cause }))] } },
      { retry: 0 },
    );
    const thrown = (await client.chat("hi").catch((caught) => caught)) as DualModeError;
    const { inspect } = await import("node:util");
    expect(inspect(thrown, { depth: 9 })).not.toContain("key-number-one");
    expect(inspect(thrown, { depth: 9 })).toContain("[redacted]");
  });

  it("ends by the deadline, by the caller, by the idle timer and by close", async () => {
    const hanging = () => scripted({ sdk: { scripts: [hangs([start])] } }, { retry: 0 });
    await expect(hanging().client.chat("hi", { timeout: 30 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    const abort = new AbortController();
    const aborted = hanging().client.chat("hi", { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    const idle = hanging().client.chat("hi", { timeout: { idle: 20 } });
    await expect(idle).rejects.toMatchObject({
      code: "TIMEOUT",
      attempts: [{ code: "TIMEOUT" }],
    });
    const { client } = hanging();
    const closing = expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.close();
    await closing;
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("a chain", () => {
  it("goes on to the next provider and tells of the first", async () => {
    const first = scripted({ sdk: { scripts: [fails(error("SERVER_ERROR"))] } }, { retry: 0 });
    const second = scripted({ sdk: { scripts: [says("second")] } });
    const reply = await chain([first.client, second.client]).chat("hi");
    expect(reply).toMatchObject({
      text: "second",
      fallback: true,
      provider: second.client.provider,
    });
    expect(reply.attempts.map(({ provider }) => provider)).toEqual([
      first.client.provider,
      second.client.provider,
    ]);
  });

  it("asks nobody else about a bad request", async () => {
    const first = scripted({ sdk: { scripts: [says("x")] } });
    const second = scripted({ sdk: { scripts: [says("x")] } });
    await expect(chain([first.client, second.client]).chat("")).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
    expect(second.ran).toEqual([]);
  });
});

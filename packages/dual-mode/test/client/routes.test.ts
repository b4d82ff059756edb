import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, gives, hangs, says, scripted } from "../scripted-provider.ts";

const start = { type: "start" } as const;
const gone = {
  available: false,
  code: "CLI_NOT_FOUND",
  reason: "Not here.",
  fix: "Install it.",
} as const;
const loggedOut = { available: true, command: "/bin/x", login: false } as const;
const error = (code: ConstructorParameters<typeof DualModeError>[0], details = {}) =>
  new DualModeError(code, `It was ${code}.`, details);

describe("the story of a call", () => {
  it("is the same the first time and the next where the preferred mode is closed", async () => {
    const { client } = scripted(
      { cli: { scripts: [says("x")], availability: gone }, sdk: { scripts: [says("ok")] } },
      { prefer: "cli" },
    );
    for (let call = 0; call < 2; call += 1) {
      const reply = await client.chat("hi");
      expect(reply).toMatchObject({ fallback: true, warnings: [] });
      expect(reply.attempts.map(({ mode, code }) => [mode, code])).toEqual([
        ["cli", "CLI_NOT_FOUND"],
        ["sdk", undefined],
      ]);
    }
  });

  it("has no change of payer where there never was a login", async () => {
    const { client } = scripted(
      { cli: { scripts: [says("ok")], availability: loggedOut }, sdk: { scripts: [says("x")] } },
      { prefer: "cli" },
    );
    for (let call = 0; call < 2; call += 1) {
      expect(await client.chat("hi")).toMatchObject({ mode: "cli", fallback: false, warnings: [] });
    }
  });

  it("does not go back to a refused key after a wait", async () => {
    const { client, ran } = scripted(
      {
        sdk: {
          scripts: [
            fails(error("AUTHENTICATION_FAILED")),
            fails(error("RATE_LIMITED", { retryAfter: 30 })),
            says("ok"),
          ],
        },
        cli: { scripts: [says("by the refused key")] },
      },
      { apiKey: undefined as never, apiKeys: ["key-first-1", "key-second-2"], billing: "key" },
    );
    expect((await client.chat("hi")).text).toBe("ok");
    expect(ran).toEqual(["sdk option[0]", "sdk option[1]", "sdk option[1]"]);
  });

  it("names the one mode that was asked for and is not there", async () => {
    const { client } = scripted({ sdk: { scripts: [says("x")] } }, { only: "cli" });
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining("no cli mode"),
    });
  });

  it("may be told again only where something may pass", async () => {
    const failing = (code: "AUTHENTICATION_FAILED" | "SERVER_ERROR") =>
      scripted({ sdk: { scripts: [fails(error(code))] } }, { retry: 0 }).client.chat("hi");
    await expect(failing("AUTHENTICATION_FAILED")).rejects.toMatchObject({ retryable: false });
    await expect(failing("SERVER_ERROR")).rejects.toMatchObject({ retryable: true });
  });

  it("holds no attempts that a provider made up", async () => {
    const made = error("SERVER_ERROR", {
      attempts: [{ provider: "x", mode: "cli", credential: "sk-made-up", model: "m", ms: 1 }],
    });
    const { client } = scripted({ sdk: { scripts: [fails(made)] } }, { retry: 0 });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ mode: "sdk", code: "SERVER_ERROR" }],
    });
  });
});

describe("a part of the wrong form", () => {
  it.each([
    ["text without text", { type: "text" }],
    ["an unknown type", { type: "surprise" }],
    ["an end without a reason", { type: "finish" }],
    ["a tool call without a name", { type: "tool-call", id: "1" }],
  ])("%s is the provider's fault", async (_, part) => {
    const { client } = scripted({ sdk: { scripts: [gives(start, part as never)] } });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  });

  it("white space alone is no answer", async () => {
    const blank = gives(start, { type: "text", text: " \n" }, { type: "finish", reason: "stop" });
    const { client } = scripted({ sdk: { scripts: [blank] } }, { retry: 0 });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "INVALID_OUTPUT" }],
    });
  });
});

describe("a chain", () => {
  const failing = (code: "SERVER_ERROR" | "CONTEXT_TOO_LONG") =>
    scripted({ sdk: { scripts: [fails(error(code))] } }, { retry: 0 });

  it("tells every attempt of an error at its end", async () => {
    const [first, second] = [failing("SERVER_ERROR"), failing("CONTEXT_TOO_LONG")];
    await expect(chain([first.client, second.client]).chat("hi")).rejects.toMatchObject({
      code: "CONTEXT_TOO_LONG",
      attempts: [{ code: "SERVER_ERROR" }, { code: "CONTEXT_TOO_LONG" }],
    });
  });

  it("has one deadline", async () => {
    const slow = () => scripted({ sdk: { scripts: [hangs([start])] } }, { retry: 0 }).client;
    const clients = [slow(), slow(), slow()];
    const timeout = { total: 900, firstPart: 600, idle: 600 };
    const started = performance.now();
    await expect(chain(clients).chat("hi", { timeout })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it("says when the next provider is paid by somebody else", async () => {
    const first = failing("SERVER_ERROR");
    const second = scripted({ cli: { scripts: [says("ok")] } }, { apiKey: undefined as never });
    const reply = await chain([first.client, second.client]).chat("hi");
    expect(reply.warnings.map(({ code }) => code)).toEqual(["PAYER_CHANGED"]);
  });

  it("goes on where the first provider lacks what is asked for", async () => {
    const first = scripted({ sdk: { scripts: [says("x")], supports: [] } });
    const second = scripted({ sdk: { scripts: [says("ok")] } });
    const request = { messages: [{ role: "user", content: "hi" }], temperature: 1 } as const;
    expect((await chain([first.client, second.client]).chat(request)).text).toBe("ok");
  });

  it("refuses an option that it does not know", () => {
    const { client } = failing("SERVER_ERROR");
    expect(() => chain([client], { modles: {} } as never)).toThrow(/"modles"/);
    expect(() => chain([])).toThrow(/at least one client/);
  });
});

describe("bad input", () => {
  const { client } = scripted({ sdk: { scripts: [says("x")] } });
  it.each([
    [["hi", null], "options must be an object"],
    [["hi", { signal: {} }], "options.signal"],
    [["hi", new AbortController().signal], 'options has no member "aborted"'],
    [["hi", { timeout: AbortSignal.abort() }], 'options.timeout has no member "aborted"'],
    [["hi", { timeout: "1" }], "options.timeout must be a number"],
    [["hi", { timeout: { idle: 0 } }], "options.timeout.idle"],
    [["hi", { timeout: { sum: 1 } }], 'options.timeout has no member "sum"'],
    [["hi", { tenant: "x".repeat(200) }], "options.tenant"],
    [["hi", { cashe: "off" }], 'options has no member "cashe"'],
    [
      [{ messages: [{ role: "user", content: [{ type: "text", text: " " }] }] }],
      "request.messages[0].content must not be empty",
    ],
  ])("%j is refused by name", async (args, message) => {
    const chat = client.chat as (...args: unknown[]) => Promise<unknown>;
    await expect(chat(...args)).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining(message),
    });
  });

  it("a member that is unknown is told with those that are known", async () => {
    for (const wrong of [{ cashe: "off" }, 5]) {
      await expect(client.chat("hi", wrong as never)).rejects.toMatchObject({
        fix: expect.stringContaining("cache, lenient"),
      });
    }
  });
});

import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { ChainOptions } from "../../src/client/chain-options.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Code } from "../../src/contract/code.ts";
import { DualModeError, type ErrorDetails } from "../../src/error.ts";
import { fails, hangs, says, scripted } from "../scripted-provider.ts";

const failing = (code: Code, details: ErrorDetails = {}, options: ClientOptions = {}) =>
  scripted(
    { sdk: { scripts: [fails(new DualModeError(code, `It was ${code}.`, details))] } },
    { retry: 0, ...options },
  ).client;
const answering = () => scripted({ sdk: { scripts: [says("second")] } }).client;

async function thrownBy(call: Promise<unknown>): Promise<DualModeError> {
  const thrown = await call.catch((caught: unknown) => caught);
  if (!DualModeError.is(thrown)) throw new Error(`No failure: ${JSON.stringify(thrown)}`);
  return thrown;
}

describe("a chain goes on to the next provider", () => {
  it.each<Code>([
    "AUTHENTICATION_FAILED",
    "RATE_LIMITED",
    "QUOTA_EXHAUSTED",
    "MODEL_NOT_FOUND",
    "WRONG_ADDRESS",
    "OVERLOADED",
    "SERVER_ERROR",
    "NETWORK",
    "INVALID_OUTPUT",
    "TIMEOUT",
    "UNSUPPORTED_FEATURE",
    "PROVIDER_FAULT",
    "OUTPUT_TOO_LARGE",
  ])("after %s", async (code) => {
    expect((await chain([failing(code), answering()]).chat("hi")).text).toBe("second");
  });

  it("after a provider's own time is up, where the call's is not", async () => {
    const slow = scripted({ sdk: { scripts: [hangs()] } }, { retry: 0, timeout: 50 }).client;
    const reply = await chain([slow, answering()]).chat("hi");
    expect(reply.text).toBe("second");
    expect(reply.attempts[0]).toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });

  it("where the first one's cache has no answer, or it is closed", async () => {
    const [first, second] = [answering(), answering()];
    await expect(chain([first, second]).chat("hi", { cache: "only" })).rejects.toMatchObject({
      code: "NOT_CACHED",
    });
    await first.close();
    expect((await chain([first, second]).chat("hi")).text).toBe("second");
  });
});

describe("a chain stops at what blames the request", () => {
  it.each<Code>(["INVALID_REQUEST", "CONTEXT_TOO_LONG", "CONTENT_FILTERED"])("%s", async (code) => {
    await expect(chain([failing(code), answering()]).chat("hi")).rejects.toMatchObject({ code });
  });

  // pydantic/pydantic-ai#7139: a chain from a small window to a large one is meant to go on.
  it.each<Code>(["CONTEXT_TOO_LONG", "CONTENT_FILTERED"])("unless `also` has %s", async (code) => {
    const also = [code];
    const both = chain([failing(code), answering()], { also });
    expect((await both.chat("hi")).text).toBe("second");
    await expect(chain([failing(code), failing(code)], { also }).chat("hi")).rejects.toMatchObject({
      code,
      attempts: [{ code }, { code }],
    });
  });

  it("and at an abort, whatever `also` says", async () => {
    const abort = new AbortController();
    const slow = scripted({ sdk: { scripts: [hangs()] } }, { retry: 0 }).client;
    const last = scripted({ sdk: { scripts: [says("second")] } });
    const call = chain([slow, last.client], { also: ["ABORTED"] }).chat("hi", {
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 20);
    await expect(call).rejects.toMatchObject({ code: "ABORTED" });
    expect(last.ran).toEqual([]);
  });

  // BerriAI/litellm#8789: some want the next provider for a few failures alone.
  it("and at all that `on` does not name", async () => {
    const options: ChainOptions = { on: ["RATE_LIMITED"], also: ["CONTEXT_TOO_LONG"] };
    const asked = (code: Code) => chain([failing(code), answering()], options).chat("hi");
    expect((await asked("RATE_LIMITED")).text).toBe("second");
    expect((await asked("CONTEXT_TOO_LONG")).text).toBe("second");
    await expect(asked("AUTHENTICATION_FAILED")).rejects.toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
  });
});

describe("where no provider of a chain answers", () => {
  it("alike, the error is that failure, with the nearest time to ask again", async () => {
    const limit = (retryAfter: number) => failing("RATE_LIMITED", { status: 429, retryAfter });
    const call = chain([limit(900_000), limit(800_000)]).chat("hi", { timeout: 5_000 });
    expect(await thrownBy(call)).toMatchObject({
      code: "RATE_LIMITED",
      status: 429,
      retryAfter: 800_000,
      attempts: [{ code: "RATE_LIMITED" }, { code: "RATE_LIMITED" }],
    });
  });

  it("and one of them is not set up, the other's failure is the error", async () => {
    const bare = scripted({ sdk: { scripts: [says("x")] } }, { apiKey: undefined as never }).client;
    for (const clients of [
      [failing("OVERLOADED", { status: 529 }), bare],
      [bare, failing("OVERLOADED", { status: 529 })],
    ]) {
      const thrown = await thrownBy(chain(clients).chat("hi"));
      expect(thrown).toMatchObject({ code: "OVERLOADED", status: 529 });
      expect(thrown.attempts.map(({ code }) => code).sort()).toEqual([
        "MISSING_CREDENTIALS",
        "OVERLOADED",
      ]);
    }
  });

  // langchain-ai/langchain#14085: which of the errors is told, the first or the last? All of them.
  it("in different ways, all are causes, and each line names its provider", async () => {
    const [first, second] = [
      failing("AUTHENTICATION_FAILED", { status: 401, fix: "Check the key." }),
      failing("SERVER_ERROR", { status: 503, retryAfter: 5_000 }),
    ];
    const thrown = await thrownBy(chain([first, second]).chat("hi"));
    expect(thrown).toMatchObject({
      code: "ALL_ROUTES_FAILED",
      retryable: true,
      status: 503,
      retryAfter: 5_000,
      causes: [{ code: "AUTHENTICATION_FAILED" }, { code: "SERVER_ERROR" }],
    });
    expect(thrown.message.split("\n")).toEqual([
      "No provider answered.",
      `  ${first.provider} sdk with option: AUTHENTICATION_FAILED. It was AUTHENTICATION_FAILED.`,
      "    → Check the key.",
      `  ${second.provider} sdk with option: SERVER_ERROR. It was SERVER_ERROR.`,
    ]);
  });

  it("and none is set up, it says so and what to do", async () => {
    const bare = () =>
      scripted({ sdk: { scripts: [says("x")] } }, { apiKey: undefined as never }).client;
    const thrown = await thrownBy(chain([bare(), bare()]).chat("hi"));
    expect(thrown.code).toBe("MISSING_CREDENTIALS");
    expect(thrown.message).toMatch(/^No provider can be tried\.\n/);
    expect(thrown.fix).toContain("acc secrets set");
  });

  it("in a chain of chains, every cause is told", async () => {
    const inner = chain([failing("NETWORK"), failing("OVERLOADED")]);
    const thrown = await thrownBy(chain([inner, failing("AUTHENTICATION_FAILED")]).chat("hi"));
    expect(thrown.causes.map(({ code }) => code)).toEqual([
      "NETWORK",
      "OVERLOADED",
      "AUTHENTICATION_FAILED",
    ]);
  });
});

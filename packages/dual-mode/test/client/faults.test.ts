import { afterEach, describe, expect, it, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Provider } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, type Script, says, scripted } from "../scripted-provider.ts";
import { start, text } from "./pieces.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A provider whose CLI's probe misbehaves and whose SDK answers. */
function withProbe(probe: () => Promise<never>) {
  const provider: Provider = {
    id: `probed-${Math.random()}`,
    defaultModel: "m",
    cli: { credentials: ["none"], supports: [], probe, run: says("cli") as never },
    sdk: {
      credentials: ["none"],
      supports: [],
      probe: async () => ({ available: true }),
      run: says("sdk") as never,
    },
  };
  return defineProvider(provider)({ prefer: "cli", cache: false, secrets: false });
}

describe("a provider that breaks the contract", () => {
  it.each([
    ["an Error", new Error("probe broke"), "PROVIDER_FAULT"],
    ["a non-Error", "probe broke", "PROVIDER_FAULT"],
    ["a coded error", new DualModeError("CLI_TOO_OLD", "Old."), "CLI_TOO_OLD"],
  ])("in its probe, with %s, loses that mode and no more", async (_, thrown, code) => {
    const client = withProbe(async () => {
      throw thrown;
    });
    const reply = await client.chat("hi");
    expect(reply).toMatchObject({
      text: "sdk",
      fallback: true,
      attempts: [{ mode: "cli", code }, { mode: "sdk" }],
    });
  });

  it("by a probe that never answers, loses that mode when its time is up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const client = withProbe(() => new Promise(() => {}));
    const reply = client.chat("hi");
    await vi.advanceTimersByTimeAsync(10_001);
    expect((await reply).attempts[0]).toMatchObject({ mode: "cli", code: "TIMEOUT" });
  });

  it.each([
    ["an Error", new Error("broke")],
    ["a string", "broke"],
    ["undefined", undefined],
    ["null", null],
  ])("in mid-stream, with %s, is told apart from the vendor's failures", async (_, thrown) => {
    const { client, ran } = scripted({
      sdk: { scripts: [fails(thrown, [start, text])] },
      cli: { scripts: [says("x")] },
    });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
    const read = async () => {
      for await (const _part of client.stream("hi"));
    };
    await expect(read()).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
    expect(ran).toEqual(["sdk option", "sdk option"]);
  });

  it("by throwing before it gives an iterable", async () => {
    const broken = (() => {
      throw new TypeError("at once");
    }) as unknown as Script;
    const { client } = scripted({ sdk: { scripts: [broken] } });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "PROVIDER_FAULT" });
  });
});

describe("options", () => {
  it("refuse a key among the variables of every CLI run", () => {
    const create = defineProvider({
      id: "keyed",
      defaultModel: "m",
      credential: { name: "keyed_api_key", env: ["KEYED_API_KEY"] },
    });
    expect(() => create({ cli: { env: { KEYED_API_KEY: "secret-value" } } })).toThrow(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: "options.cli.env must not hold the key KEYED_API_KEY.",
      }),
    );
    expect(() => create({ cli: { env: { OTHER: "x" } } })).not.toThrow();
  });

  it.each([
    [{ prefre: "cli" }, 'options has no member "prefre".'],
    [{ prefer: "http" }, 'options.prefer must be one of "cli", "sdk".'],
    [{ timeout: { totl: 1 } }, 'options.timeout has no member "totl".'],
    [{ baseUrl: "not a url" }, "options.baseUrl"],
    [{ apiKey: "" }, "options.apiKey must not be empty."],
    [{ retry: 1.5 }, "options.retry"],
  ])("are checked at once: %j", (wrong, message) => {
    const create = defineProvider({ id: "plain", defaultModel: "m" });
    expect(() => create(wrong as never)).toThrow(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("time", () => {
  it("is not counted by a clock that jumps", async () => {
    const real = Date.now;
    const late: Script = async function* (request, context) {
      Date.now = () => real() + 3_600_000;
      await new Promise((resolve) => setTimeout(resolve, 20));
      yield* says("ok")(request, context);
    };
    const { client } = scripted({ sdk: { scripts: [late] } });
    try {
      expect((await client.chat("hi", { timeout: 5_000 })).text).toBe("ok");
    } finally {
      Date.now = real;
    }
  });

  it("gives no second attempt that could not end in time", async () => {
    const busy = new DualModeError("OVERLOADED", "Busy.", { retryAfter: 60_000 });
    const { client, ran } = scripted({ sdk: { scripts: [fails(busy)] } }, { only: "sdk" });
    const started = performance.now();
    await expect(client.chat("hi", { timeout: 2_000 })).rejects.toMatchObject({
      code: "OVERLOADED",
    });
    expect(ran).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it("that is up already asks nobody", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [says("x")] } });
    await expect(client.chat("hi", { timeout: Number.MIN_VALUE })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    expect(ran).toEqual([]);
    await expect(client.chat("hi", { timeout: 0 })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
    await expect(client.chat("hi", { timeout: -1 })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });
});

import { createSecret } from "@acc/secrets";
import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import { coolingOf, startCooldown } from "../../src/engine/cooldowns.ts";
import { DualModeError, type ErrorDetails } from "../../src/error.ts";
import { fails, type Script, says, scripted } from "../scripted-provider.ts";

type ErrorCode = ConstructorParameters<typeof DualModeError>[0];

const error = (code: ErrorCode, details: ErrorDetails = {}) =>
  new DualModeError(code, `It was ${code}.`, details);
const keys = (first: string): ClientOptions => ({
  apiKey: undefined as never,
  apiKeys: [`${first}-first-key`, `${first}-second-key`],
});

describe("a refusal of a key", () => {
  const other = { model: "model-2", messages: [{ role: "user", content: "hi" }] } as const;
  const refusedOnce = (code: ErrorCode, details?: ErrorDetails) => {
    const scripts = [fails(error(code, details)), says("ok")];
    const apiKey = `${code}-${details?.cooldown}`;
    return scripted({ sdk: { scripts } }, { retry: 0, waitForLimits: false, apiKey });
  };

  it.each(["RATE_LIMITED", "QUOTA_EXHAUSTED", "MODEL_NOT_FOUND"] as const)(
    "as %s shuts it out for its model alone",
    async (code) => {
      const { client, ran } = refusedOnce(code);
      await expect(client.chat("hi")).rejects.toThrow();
      await expect(client.chat("hi")).rejects.toThrow();
      expect(ran).toHaveLength(1);
      expect((await client.chat(other)).text).toBe("ok");
    },
  );

  it("as AUTHENTICATION_FAILED shuts it out for every model", async () => {
    const { client, ran } = refusedOnce("AUTHENTICATION_FAILED");
    await expect(client.chat("hi")).rejects.toThrow();
    await expect(client.chat(other)).rejects.toThrow();
    expect(ran).toHaveLength(1);
  });

  it("that is of one request alone leaves it for the next", async () => {
    const { client } = refusedOnce("QUOTA_EXHAUSTED", { cooldown: 0 });
    await expect(client.chat("hi")).rejects.toThrow();
    expect((await client.chat("hi")).text).toBe("ok");
  });
});

it("no wait that a vendor names shuts a key out for more than a day", () => {
  const target = {
    provider: "hours",
    baseUrl: undefined,
    model: "m",
    mode: "sdk",
    cliPlace: "",
    credential: {
      kind: "key",
      source: "option",
      secret: createSecret("hours_api_key", "a-key-for-hours", "explicit"),
    },
  } as const;
  // A date in seconds since 1970, where seconds to wait were meant.
  startCooldown(target, error("QUOTA_EXHAUSTED", { retryAfter: 1_796_000_000_000 }), 0);
  expect(coolingOf(target, 1)?.wait).toBe(86_399_999);
  expect(coolingOf(target, 86_400_001)).toBeUndefined();
});

describe("a wrong address", () => {
  const refuses = () => fails(error("WRONG_ADDRESS", { status: 404 }));
  const wrong = (options: ClientOptions, cli: Script = says("ok")) =>
    scripted({ sdk: { scripts: [refuses()] }, cli: { scripts: [cli] } }, options);

  it("is asked by one key, then in the other mode", async () => {
    const { client, ran } = wrong({ ...keys("address"), billing: "key" });
    expect((await client.chat("hi")).text).toBe("ok");
    expect(ran).toEqual(["sdk option[0]", "cli option[0]"]);
  });

  it("is asked anew by the next call", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [refuses(), says("ok")] } });
    await expect(client.chat("hi")).rejects.toMatchObject({
      attempts: [{ code: "WRONG_ADDRESS", fix: expect.stringContaining("No base URL is set") }],
    });
    expect((await client.chat("hi")).text).toBe("ok");
    expect(ran).toHaveLength(2);
  });

  it("names the base URL without its secrets, and who set it", async () => {
    const baseUrl = "https://me:a-password@llm.example.com/v1/v1/?token=abc";
    const { client } = wrong({ baseUrl, only: "sdk" });
    const { attempts } = await client.chat("hi").catch((thrown: DualModeError) => thrown);
    expect(attempts[0]?.fix).toBe(
      "Check the base URL https://llm.example.com/v1/v1 (from the option baseUrl).",
    );
  });

  it("is named beside a model that is not there", async () => {
    // A CLI tells both in the same words.
    const missing = fails(error("MODEL_NOT_FOUND", { fix: "Name another." }));
    const { client } = scripted({ sdk: { scripts: [missing] } }, { baseUrl: "http://127.0.0.1:9" });
    const { attempts } = await client.chat("hi").catch((thrown: DualModeError) => thrown);
    expect(attempts[0]?.fix).toBe(
      "Name another. Check the base URL http://127.0.0.1:9 (from the option baseUrl).",
    );
  });

  it("is named where nothing is reached there", async () => {
    const unreached = fails(error("NETWORK", { fix: "Look at the network." }));
    const { client } = scripted(
      { sdk: { scripts: [unreached] } },
      { baseUrl: "http://127.0.0.1:9", retry: 0 },
    );
    const { attempts } = await client.chat("hi").catch((thrown: DualModeError) => thrown);
    expect(attempts[0]?.fix).toBe(
      "Look at the network. Check the base URL http://127.0.0.1:9 (from the option baseUrl).",
    );
  });
});

describe("a chain", () => {
  const both = (code: ErrorCode) => {
    const first = scripted({ sdk: { scripts: [fails(error(code))] } }, { retry: 0 });
    return chain([first.client, scripted({ sdk: { scripts: [says("ok")] } }).client]);
  };

  it.each([
    "AUTHENTICATION_FAILED",
    "QUOTA_EXHAUSTED",
    "MODEL_NOT_FOUND",
    "WRONG_ADDRESS",
    "SERVER_ERROR",
    "OUTPUT_TOO_LARGE",
    "PROVIDER_FAULT",
  ] as const)("goes on from %s", async (code) => {
    expect((await both(code).chat("hi")).text).toBe("ok");
  });

  it.each(["INVALID_REQUEST", "CONTEXT_TOO_LONG", "CONTENT_FILTERED"] as const)(
    "ends at %s, which blames the request",
    async (code) => {
      await expect(both(code).chat("hi")).rejects.toMatchObject({ code });
    },
  );
});

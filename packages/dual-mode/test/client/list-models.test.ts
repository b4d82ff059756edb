import { afterEach, describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Client, ClientOptions } from "../../src/contract/client.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Availability, ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { says } from "../scripted-provider.ts";

type List = NonNullable<ProviderMode<object>["listModels"]>;

afterEach(() => vi.unstubAllEnvs());

/** A client whose SDK mode lists models as a test says; it notes with what it was asked. */
function lister(
  listModels: List | undefined,
  options: ClientOptions = {},
  availability: Availability = { available: true },
) {
  const asked: RunContext<object>[] = [];
  const create = defineProvider({
    id: "lister",
    defaultModel: "lister-1",
    models: ["lister-1", "lister-2"],
    credential: { name: "lister_api_key", env: ["LISTER_API_KEY"] },
    baseUrl: { env: ["LISTER_BASE_URL"] },
    cli: { credentials: ["login"], supports: [], probe: async () => availability, run: says("no") },
    sdk: {
      credentials: ["key"],
      supports: [],
      probe: async () => availability,
      run: says("no"),
      ...(listModels && {
        listModels: async (context: RunContext<object>) => {
          asked.push(context);
          return listModels(context);
        },
      }),
    },
  });
  const client = create({ secrets: false, cache: false, ...options });
  return { client, asked };
}

const key = { apiKey: "lister-key-one" };
const entryOf = async (client: Client, options = {}) => (await client.listModels(options))[0];
const refuses = (code: ConstructorParameters<typeof DualModeError>[0]): List => {
  return async ({ credential }) => {
    const said = credential.kind === "key" ? credential.secret.reveal() : "";
    throw new DualModeError(code, `Refused: ${said}`);
  };
};

describe("listModels", () => {
  it("tells the default, the known and the usable models, and with which key", async () => {
    vi.stubEnv("LISTER_API_KEY", "lister-key-two");
    vi.stubEnv("LISTER_BASE_URL", "http://127.0.0.1:9/moved/");
    const { client, asked } = lister(async () => ["b", "a"]);
    expect(await client.listModels()).toEqual([
      {
        provider: "lister",
        model: "lister-1",
        known: ["lister-1", "lister-2"],
        usable: { models: ["b", "a"], mode: "sdk", credential: "env:LISTER_API_KEY" },
      },
    ]);
    expect(asked[0]?.baseUrl).toBe("http://127.0.0.1:9/moved");
  });

  it("tells the client's own model as the one that is asked", async () => {
    const { client } = lister(async () => ["a"], { ...key, model: "mine" });
    expect((await entryOf(client))?.model).toBe("mine");
  });

  it.each([
    ["there is no key", {}, "MISSING_CREDENTIALS"],
    ["the key may not pay", { ...key, billing: "login" }, "MISSING_CREDENTIALS"],
    ["the one mode that may be used cannot", { ...key, only: "cli" }, "UNSUPPORTED_FEATURE"],
  ] as const)("asks nobody where %s, and says so", async (_, options, code) => {
    const { client, asked } = lister(async () => ["a"], options);
    const entry = await entryOf(client);
    expect([entry?.usable, entry?.error?.code]).toEqual([undefined, code]);
    expect(entry?.known).toEqual(["lister-1", "lister-2"]);
    expect(asked).toEqual([]);
  });

  it("says of a provider without it that it cannot tell", async () => {
    const entry = await entryOf(lister(undefined, key).client);
    expect(entry?.error?.code).toBe("UNSUPPORTED_FEATURE");
  });

  it("says why a mode is closed", async () => {
    const closed = { available: false, code: "SDK_NOT_INSTALLED", reason: "r", fix: "f" } as const;
    const { error } = (await entryOf(lister(async () => [], key, closed).client)) ?? {};
    expect(error).toMatchObject({ code: "SDK_NOT_INSTALLED", message: "r", fix: "f" });
  });

  it.each([
    ["AUTHENTICATION_FAILED", "AUTHENTICATION_FAILED"],
    ["RATE_LIMITED", "RATE_LIMITED"],
    ["SERVER_ERROR", "SERVER_ERROR"],
    ["NETWORK", "NETWORK"],
    ["MODEL_NOT_FOUND", "UNSUPPORTED_FEATURE"],
  ] as const)("asks once and tells %s as %s, without the key", async (thrown, told) => {
    const { client, asked } = lister(refuses(thrown), key);
    const entry = await entryOf(client);
    expect(entry?.error?.code).toBe(told);
    expect(entry?.error?.message).toContain("Refused: [redacted");
    expect(asked).toHaveLength(1);
  });

  it("goes on to the next key", async () => {
    const apiKeys = ["lister-key-bad", "lister-key-good"];
    const { client } = lister(
      async (context) => {
        const { credential } = context;
        if (credential.kind === "key" && credential.secret.reveal() === "lister-key-good") {
          return ["a"];
        }
        return refuses("AUTHENTICATION_FAILED")(context);
      },
      { apiKeys },
    );
    expect((await entryOf(client))?.usable?.credential).toBe("option[1]");
  });

  it("calls a list that is none a fault of the provider", async () => {
    const entry = await entryOf(lister(async () => [1] as never, key).client);
    expect(entry?.error?.code).toBe("PROVIDER_FAULT");
  });
});

const hangs: List = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

describe("a listing that hangs", () => {
  it("ends at its time", async () => {
    const entry = await entryOf(lister(hangs, key).client, { timeout: 50 });
    expect(entry?.error?.code).toBe("DEADLINE_EXCEEDED");
  });

  it("ends when no answer came for the time of a first part", async () => {
    const entry = await entryOf(lister(hangs, key).client, { timeout: { firstPart: 50 } });
    expect(entry?.error?.code).toBe("TIMEOUT");
  });

  it("ends with the caller's abort", async () => {
    const { client, asked } = lister(hangs, key);
    const abort = new AbortController();
    const ended = expect(client.listModels({ signal: abort.signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    abort.abort();
    await ended;
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it("ends with the client", async () => {
    const { client, asked } = lister(hangs, key);
    const ended = expect(client.listModels()).rejects.toMatchObject({ code: "CLOSED" });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await client.close();
    await ended;
  });
});

it("refuses an option that is none of its own", async () => {
  const wrong = { only: "sdk" } as object;
  await expect(lister(async () => [], key).client.listModels(wrong)).rejects.toMatchObject({
    code: "INVALID_REQUEST",
  });
});

it("lists a chain by provider, one that fails beside one that does not", async () => {
  const good = lister(async () => ["a"], key).client;
  const both = await chain([lister(refuses("NETWORK"), key).client, good]).listModels();
  expect(both.map(({ usable, error }) => usable?.models ?? error?.code)).toEqual([
    "NETWORK",
    ["a"],
  ]);
});

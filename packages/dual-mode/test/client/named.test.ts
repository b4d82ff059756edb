import { memoryStore, openCache } from "@acc/cache";
import { createMemoryStore, openSecrets } from "@acc/secrets";
import { afterEach, describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { defineProvider } from "../../src/client/define-provider.ts";
import { says, scripted } from "../scripted-provider.ts";

const answering = () => ({ sdk: { scripts: [says("yes")] } });

afterEach(() => vi.unstubAllEnvs());

describe("the option name", () => {
  it("is what reply, attempts, events, status and models call the client", async () => {
    const { client, events } = scripted(answering(), { name: "work" });
    const reply = await client.chat("hi");
    expect([client.provider, reply.provider, reply.attempts[0]?.provider]).toEqual(
      Array(3).fill("work"),
    );
    expect(new Set(events.map(({ provider }) => provider))).toEqual(new Set(["work"]));
    expect((await client.status())[0]?.provider).toBe("work");
    expect((await client.listModels())[0]?.provider).toBe("work");
  });

  it("is what an error calls the client, where a route failed and where none could be begun", async () => {
    const probe = async () => ({
      available: false as const,
      code: "CLI_NOT_FOUND" as const,
      reason: "It is not there.",
      fix: "Install it.",
    });
    const cli = {
      credentials: ["none"],
      supports: [],
      probe,
      run: () => says("no")({} as never, {} as never),
    } as const;
    const client = defineProvider({ id: "absent", defaultModel: "m", cli })({
      name: "work",
      cache: false,
      secrets: false,
    });
    const error = await client.chat("hi").catch((thrown) => thrown);
    expect(error.attempts).toMatchObject([{ provider: "work", code: "CLI_NOT_FOUND" }]);
    expect(error.message).not.toContain("absent");
  });

  it("tells two clients of one provider apart in a chain", async () => {
    const asked: string[] = [];
    const create = defineProvider({
      id: "twice",
      defaultModel: "m",
      sdk: {
        credentials: ["none"],
        supports: ["multiTurn"],
        probe: async () => ({ available: true }),
        run: (request) => {
          asked.push(request.model);
          return says("yes")(request, {} as never);
        },
      },
    });
    const plain = { cache: false, secrets: false } as const;
    const [one, two] = [
      create({ ...plain, name: "one", only: "cli" }),
      create({ ...plain, name: "two" }),
    ];
    const reply = await chain([one, two], { models: { two: "other" } }).chat("hi");
    expect([reply.provider, asked]).toEqual(["two", ["other"]]);
  });

  it("changes nothing of the key under which an answer is kept, and counts apart", async () => {
    const cache = openCache({ store: memoryStore() });
    const { client, name } = scripted(answering(), { cache });
    const first = await client.chat("hi");
    const id = name.replace("_api_key", "").replace("_", "-");
    const again = defineProvider({ id, defaultModel: "model-1" })({ cache, name: "work" });
    const reply = await again.chat("hi");
    expect([reply.cached, reply.cid, reply.provider]).toEqual([true, first.cid, "work"]);
    expect((await cache.stats()).session.byLabel).toMatchObject({
      [id]: { misses: 1 },
      work: { hits: 1 },
    });
  });

  it.each(["", "a b", "a\n", "x".repeat(65)])("is refused where it is %j", (name) => {
    expect(() => scripted(answering(), { name })).toThrow(/options\.name/);
  });
});

describe("the option keyName", () => {
  it("names the key in the store and in the environment, in place of the provider's", async () => {
    await using secrets = await openSecrets({ store: createMemoryStore() });
    await secrets.set("work_api_key", "key-of-the-store");
    const one = scripted(answering(), {
      apiKey: undefined,
      secrets,
      keyName: "work_api_key",
    } as never);
    expect((await one.client.status())[0]).toMatchObject({
      keys: [{ source: "store" }],
      credential: { name: "work_api_key", env: ["WORK_API_KEY"] },
    });
    vi.stubEnv("OTHER_KEY", "key-of-the-environment");
    const two = scripted(answering(), { apiKey: undefined, keyName: "other-key" } as never);
    expect((await two.client.chat("hi")).attempts[0]?.credential).toBe("env:OTHER_KEY");
  });

  it("says where that key is put, where there is none", async () => {
    const { client } = scripted(answering(), { apiKey: undefined, keyName: "gone_key" } as never);
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "MISSING_CREDENTIALS",
      fix: "Set GONE_KEY, or run: acc secrets set gone_key",
    });
  });

  it("is refused for a provider that takes no key", () => {
    const create = defineProvider({ id: "open", defaultModel: "m" });
    expect(() => create({ keyName: "a_key" })).toThrow("open takes no key.");
  });
});

it("asks nobody where neither the request nor the client names a model", async () => {
  const create = defineProvider({ id: "unknown", defaultModel: "" });
  const client = create({ cache: false, secrets: false });
  await expect(client.chat("hi")).rejects.toMatchObject({
    code: "INVALID_REQUEST",
    message: expect.stringContaining("No model is named"),
  });
});

it("status tells the modes that run without a credential", async () => {
  const { client } = scripted(answering());
  expect((await client.status())[0]?.keyless).toBeUndefined();
  const create = defineProvider({
    id: "local",
    defaultModel: "m",
    sdk: {
      credentials: ["key", "none"],
      supports: [],
      probe: async () => ({ available: true }),
      run: async function* () {},
    },
  });
  expect((await create({ secrets: false }).status())[0]?.keyless).toEqual(["sdk"]);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCache, type ResponseCache } from "@acc/cache";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Provider } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { hangs, type Script, says, scripted } from "../scripted-provider.ts";

let directory: string;
let cache: ResponseCache;
let ran: number;

beforeEach(async () => {
  ran = 0;
  directory = await mkdtemp(join(tmpdir(), "acc-sharing-"));
  cache = openCache({ directory });
});

afterEach(async () => {
  await cache.close();
  await rm(directory, { recursive: true, force: true });
});

/** Clients of one provider that answers with the credential it was given, a little later. */
function twoOf(script: Script) {
  const counted: Script = (...asked) => {
    ran += 1;
    return script(...asked);
  };
  const provider: Provider = {
    id: "twice",
    defaultModel: "m",
    credential: { name: "twice_api_key", env: ["TWICE_API_KEY"] },
    cli: {
      credentials: ["login"],
      supports: [],
      probe: async () => ({ available: true }),
      run: counted as never,
    },
    sdk: {
      credentials: ["key"],
      supports: [],
      probe: async () => ({ available: true }),
      run: counted as never,
    },
  };
  const create = defineProvider(provider);
  return (options: ClientOptions) => create({ cache, secrets: false, retry: 0, ...options });
}

const tellsSource: Script = async function* (request, context) {
  await sleep(60);
  yield* says(`by ${context.credential.source}`)(request, context);
};

describe("a call in flight", () => {
  it("is not joined by one that may be paid in another way", async () => {
    const open = twoOf(tellsSource);
    const byLogin = open({ billing: "login" }).chat("hi");
    const byKey = open({ billing: "key", apiKey: "key-of-bob-1" }).chat("hi", {
      user: "bob",
      cache: "refresh",
    });
    expect((await byLogin).text).toBe("by login");
    expect((await byKey).text).toBe("by option");
  });

  it("does not hand its refused key's failure to a caller with another key", async () => {
    const picky: Script = async function* (request, context) {
      await sleep(40);
      const { credential } = context;
      if (credential.kind === "key" && credential.secret.reveal() === "bad-bad-bad") {
        throw new DualModeError("AUTHENTICATION_FAILED", "Wrong key.");
      }
      yield* says("good")(request, context);
    };
    const open = twoOf(picky);
    const bad = open({ billing: "key", apiKey: "bad-bad-bad" }).chat("hi");
    const good = open({ billing: "key", apiKey: "good-good-good" }).chat("hi");
    await expect(bad).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect((await good).text).toBe("good");
  });

  it("is not joined by one with another person's login", async () => {
    const tellsHome: Script = async function* (request, context) {
      await sleep(60);
      yield* says(`by ${context.cliEnv.HOME ?? process.env.HOME}`)(request, context);
    };
    const open = twoOf(tellsHome);
    const ask = (who: string) =>
      open({ billing: "login", cli: { env: { HOME: who } } }).chat("hi", { cache: "refresh" });
    const [alice, bob] = await Promise.all([ask("/alice"), ask("/bob")]);
    expect([alice.text, bob.text]).toEqual(["by /alice", "by /bob"]);

    const client = open({ billing: "login" });
    vi.stubEnv("HOME", "/carol");
    const carol = client.chat("hi", { cache: "refresh" });
    await sleep(20);
    vi.stubEnv("HOME", "/dave");
    const dave = client.chat("hi", { cache: "refresh" });
    await Promise.all([carol, dave]);
    vi.unstubAllEnvs();
    expect((await carol).cid).toBe((await dave).cid);
    expect(ran).toBe(4);
  });

  it("is not joined by one that runs another command", async () => {
    const open = twoOf(tellsSource);
    const ask = (cliPath: string) => open({ billing: "login", cliPath }).chat("hi");
    const [one, two] = await Promise.all([ask("/bin/one"), ask("/bin/two")]);
    expect(one.cid).not.toBe(two.cid);
    expect(ran).toBe(2);
  });

  it("does not rest because another's login was refused", async () => {
    const picky: Script = async function* (request, context) {
      if (context.cliEnv.HOME === "/eve") throw new DualModeError("RATE_LIMITED", "Slow down.");
      yield* says("good")(request, context);
    };
    const open = twoOf(picky);
    const ask = (HOME: string) =>
      open({ billing: "login", only: "cli", cli: { env: { HOME } } }).chat("hi", {
        waitForLimits: false,
      });
    await expect(ask("/eve")).rejects.toMatchObject({ attempts: [{ code: "RATE_LIMITED" }] });
    expect((await ask("/frank")).text).toBe("good");
  });

  it("is one call for many lenient ones too", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [says("ok")] } }, { cache, lenient: true });
    await Promise.all(Array.from({ length: 20 }, () => client.chat("hi")));
    expect(ran).toHaveLength(1);
  });

  it("costs only the caller who made it", async () => {
    const { client } = scripted(
      { sdk: { scripts: [says("ok")] } },
      { cache, prices: { "model-1": { input: 1, output: 1 } } },
    );
    const replies = await Promise.all([client.chat("hi"), client.chat("hi")]);
    expect(replies.filter(({ cost }) => cost !== undefined)).toHaveLength(1);
  });

  it("tells its attempts when it is aborted or out of time", async () => {
    const options = { cache, retry: 0, only: "sdk" } as const;
    const hanging = () =>
      scripted({ sdk: { scripts: [hangs([{ type: "start" }])] } }, options).client;
    await expect(hanging().chat("hi", { timeout: 500 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
      attempts: [{ mode: "sdk" }],
    });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 500);
    await expect(hanging().chat("hi", { signal: abort.signal })).rejects.toMatchObject({
      code: "ABORTED",
      attempts: [{ mode: "sdk" }],
    });
  });
});

describe("a kept answer", () => {
  it("that does not pass this caller's check is asked for anew", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [says('{"a":1}'), says('{"a":9}')] } },
      { cache },
    );
    const messages = [{ role: "user", content: "hi" }] as const;
    await client.chat({ messages, schema: z.object({ a: z.number() }) });
    const strict = z.object({ a: z.number().refine((value) => value > 5) });
    const reply = await client.chat({ messages, schema: strict });
    expect(reply).toMatchObject({ object: { a: 9 }, cached: false });
    expect(ran).toHaveLength(2);
    expect(await client.chat({ messages, schema: strict })).toMatchObject({ cached: true });
  });

  it("is apart for clients whose provider's own options differ", async () => {
    const create = defineProvider<{ loud?: boolean }>({
      id: "loud",
      defaultModel: "m",
      options: ["loud"],
      sdk: {
        credentials: ["none"],
        supports: [],
        probe: async () => ({ available: true }),
        run: (request, context) =>
          says(context.options.loud ? "LOUD" : "quiet")(request, context as never),
      },
    });
    expect((await create({ cache, loud: true }).chat("hi")).text).toBe("LOUD");
    expect((await create({ cache, loud: false }).chat("hi")).text).toBe("quiet");
  });

  it("needs no key, and the store is not asked for one", async () => {
    const first = scripted({ sdk: { scripts: [says("ok")] } }, { cache });
    await first.client.chat("hi");
    let asked = 0;
    const secrets = {
      getAll: async () => {
        asked += 1;
        return [];
      },
    } as never;
    const provider = { id: first.client.provider, defaultModel: "model-1" };
    const again = defineProvider(provider)({ cache, secrets });
    expect((await again.chat("hi")).cached).toBe(true);
    expect(asked).toBe(0);
  });
});

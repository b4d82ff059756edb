import { memoryStore, openCache } from "@acc/cache";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Availability, ProviderMode } from "../../src/contract/provider.ts";
import { DualModeError } from "../../src/error.ts";
import { type Script, says, scripted } from "../scripted-provider.ts";
import { settled } from "../settled.ts";

type Code = ConstructorParameters<typeof DualModeError>[0];

const there: Availability = { available: true, command: "/bin/tool", version: "1.0.0" };
const loggedOut: Availability = { ...there, login: false };

// What a first call loads takes no time of a test's clock.
beforeAll(async () => {
  await scripted({ sdk: { scripts: [says("warm")] } }).client.chat("hi");
});
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

let count = 0;

interface Scene {
  readonly findings: Availability[];
  /** What each attempt ends with; undefined for an answer. The last one for ever. */
  readonly ends: (Code | undefined)[];
  /** Milliseconds that an attempt takes. */
  readonly ms?: number;
}

/** A client of a CLI, which says what each attempt was given; the last finding holds for ever. */
function cliOf({ findings, ends, ms = 0 }: Scene, options: ClientOptions = {}) {
  count += 1;
  const given: (string | undefined)[] = [];
  let probes = 0;
  const cli: ProviderMode<object> = {
    credentials: ["login", "key"],
    supports: [],
    probe: async () => findings[Math.min(probes++, findings.length - 1)] as Availability,
    run: async function* (_, context: RunContext<object>) {
      given.push(context.command);
      const end = ends.length > 1 ? ends.shift() : ends[0];
      yield { type: "start" };
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      if (end !== undefined) throw new DualModeError(end, `It was ${end}.`);
      if (context.command === undefined) throw new TypeError("The probe found no command.");
      yield { type: "text", text: "ok" };
      yield { type: "finish", reason: "stop" };
    },
  };
  const create = defineProvider({
    id: `cli-${count}`,
    defaultModel: "m",
    credential: { name: `cli_${count}_api_key`, env: [] },
    cli,
  });
  const client = create({ secrets: false, cache: false, apiKey: "key-of-cli", ...options });
  return { client, given, probes: () => probes };
}

describe("a finding that grows old in mid-call", () => {
  it("is looked up anew before the next attempt", async () => {
    const scene = { findings: [loggedOut], ends: ["SERVER_ERROR" as const, undefined], ms: 15_000 };
    const { client, given, probes } = cliOf(scene);
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "ok" } });
    expect(given).toEqual(["/bin/tool", "/bin/tool"]);
    expect(probes()).toBe(2);
  });

  it("is no fault of the provider, and a chain goes on after it", async () => {
    const slow = cliOf({ findings: [loggedOut], ends: ["SERVER_ERROR"], ms: 15_000 });
    const next = scripted({ sdk: { scripts: [says("next")] } });
    const [end] = await settled([chain([slow.client, next.client]).chat("hi")]);
    expect(end).toMatchObject({ value: { text: "next" } });
    expect(slow.given).toEqual(["/bin/tool", "/bin/tool", "/bin/tool"]);
  });

  it("ends the attempts where the mode is gone meanwhile", async () => {
    const gone = {
      available: false,
      code: "CLI_NOT_FOUND",
      reason: "Gone.",
      fix: "Install.",
    } as const;
    const scene = { findings: [loggedOut, gone], ends: ["SERVER_ERROR" as const], ms: 15_000 };
    const { client, given } = cliOf(scene);
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({
      reason: { attempts: [{ code: "SERVER_ERROR" }, { code: "CLI_NOT_FOUND" }] },
    });
    expect(given).toHaveLength(1);
  });

  it("still counts the attempts that were made before", async () => {
    const { client, given } = cliOf({ findings: [loggedOut], ends: ["SERVER_ERROR"], ms: 15_000 });
    await settled([client.chat("hi")]);
    expect(given).toHaveLength(3);
  });

  it("is looked up anew after a wait for a limit", async () => {
    const { client, given } = cliOf({
      findings: [loggedOut],
      ends: ["RATE_LIMITED", undefined],
      ms: 15_000,
    });
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "ok" } });
    expect(given).toEqual(["/bin/tool", "/bin/tool"]);
  });
});

it("a finding that another call takes back is looked up anew by who still needs it", async () => {
  const { client, given } = cliOf(
    { findings: [there], ends: ["SERVER_ERROR", "CLI_NOT_LOGGED_IN", undefined], ms: 10 },
    { billing: "key" },
  );
  const [first] = await settled([client.chat("one"), client.chat("two")]);
  expect(first).toMatchObject({ value: { text: "ok" } });
  expect(given).toEqual(["/bin/tool", "/bin/tool", "/bin/tool"]);
});

describe("a command that is gone when it is run", () => {
  it("is looked for once more: a CLI that updates itself moves", async () => {
    const moved: Availability = { ...there, command: "/bin/tool-2" };
    const scene = { findings: [there, moved], ends: ["CLI_NOT_FOUND" as const, undefined] };
    const { client, given } = cliOf(scene);
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "ok" } });
    expect(given).toEqual(["/bin/tool", "/bin/tool-2"]);
  });

  it("is gone, and no mistake of the caller's, where its path was right before", async () => {
    let probes = 0;
    const create = defineProvider({
      id: `gone-${++count}`,
      defaultModel: "m",
      cli: {
        credentials: ["none"],
        supports: [],
        probe: async () => {
          probes += 1;
          if (probes === 1) return there;
          throw new DualModeError("INVALID_REQUEST", "cliPath names no executable file.");
        },
        run: async function* () {
          yield { type: "start" };
          throw new DualModeError("CLI_NOT_FOUND", "It has gone.");
        },
      },
    });
    const gone = create({ secrets: false, cache: false });
    const next = scripted({ sdk: { scripts: [says("next")] } });
    const [end] = await settled([chain([gone, next.client]).chat("hi")]);
    expect(end).toMatchObject({ value: { text: "next" } });
  });

  it("is not looked for without end", async () => {
    const { client, given } = cliOf(
      { findings: [there], ends: ["CLI_NOT_FOUND"] },
      { billing: "key" },
    );
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ status: "rejected" });
    expect(given).toHaveLength(2);
  });
});

describe("what else a call began with", () => {
  it("stays: its keys, though the caller's list changes", async () => {
    const apiKeys = ["key-number-one", "key-number-two"];
    const { client, ran } = scripted(
      { sdk: { scripts: [says("ok")] } },
      { apiKey: undefined as never, apiKeys },
    );
    apiKeys.length = 0;
    expect(await client.chat("hi")).toMatchObject({ text: "ok" });
    expect(ran).toEqual(["sdk option[0]"]);
  });

  it("stays: its address, though the environment changes before it goes", async () => {
    vi.useRealTimers();
    count += 1;
    const asked: (string | undefined)[] = [];
    const variable = `MOVED_${count}_BASE_URL`;
    const run: Script = async function* (request, context) {
      asked.push(context.baseUrl);
      yield* says(context.baseUrl ?? "")(request, context);
    };
    const create = defineProvider({
      id: `moved-${count}`,
      defaultModel: "m",
      baseUrl: { env: [variable] },
      sdk: { credentials: ["none"], supports: [], probe: async () => ({ available: true }), run },
    });
    vi.stubEnv(variable, "http://127.0.0.1:1/first");
    const cache = openCache({ store: memoryStore() });
    const client = create({ secrets: false, cache });
    const call = client.chat("hi");
    vi.stubEnv(variable, "http://127.0.0.1:1/second");
    expect(await call).toMatchObject({ text: asked[0] });
    expect(asked).toEqual(["http://127.0.0.1:1/first"]);
    await client.close();
    await cache.close();
  });

  it("may end while it is asked: a cache that is closed keeps nothing, and loses no answer", async () => {
    const cache = openCache({ store: memoryStore() });
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const run: Script = async function* (request, context) {
      await held;
      yield* says("ok")(request, context);
    };
    const { client, ran } = scripted({ sdk: { scripts: [run] } }, { cache });
    const call = client.chat("hi");
    await vi.waitFor(() => expect(ran).toHaveLength(1));
    const closed = cache.close();
    go();
    expect(await call).toMatchObject({ text: "ok" });
    await closed;
  });
});

import { memoryStore, openCache } from "@acc/cache";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { ProviderMode } from "../../src/contract/provider.ts";
import { type Script, says } from "../scripted-provider.ts";

let cache = openCache({ store: memoryStore() });
let asked = 0;
beforeEach(() => {
  cache = openCache({ store: memoryStore() });
  asked = 0;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cache.close();
});

const run: Script = (request, context) => says(`answer ${++asked}`)(request, context);
const mode = (credentials: ProviderMode<object>["credentials"]): ProviderMode<object> => ({
  credentials,
  supports: [],
  probe: async () => ({ available: true }),
  run,
});
const create = defineProvider({
  id: "apart",
  defaultModel: "m",
  credential: { name: "apart_api_key", env: ["APART_API_KEY"] },
  baseUrl: { env: ["APART_BASE_URL"] },
  cli: mode(["login", "key"]),
  sdk: mode(["key"]),
});

async function answerOf(options: ClientOptions): Promise<string> {
  const client = create({ cache, secrets: false, apiKey: "key-number-one", ...options });
  const { text } = await client.chat("What is safe?");
  await client.close();
  return text;
}

// miruamel/xingyu#129, SynapseKit/SynapseKit#774
describe("an answer is not given to who asks somebody else", () => {
  it.each<[string, ClientOptions]>([
    ["another address of the CLI", { cli: { env: { VENDOR_URL: "http://127.0.0.1:9" } } }],
    ["another command", { cliPath: "/opt/other" }],
    ["another base URL", { baseUrl: "http://127.0.0.1:9" }],
  ])("%s", async (_, options) => {
    const moved = await answerOf(options);
    expect(await answerOf({})).not.toBe(moved);
    expect(await answerOf(options)).toBe(moved);
    expect(asked).toBe(2);
  });

  it.each(["APART_BASE_URL", "ACC_APART_CLI"])("by %s", async (name) => {
    vi.stubEnv(name, name === "APART_BASE_URL" ? "http://127.0.0.1:9" : "/opt/other");
    const moved = await answerOf({});
    vi.unstubAllEnvs();
    expect(await answerOf({})).not.toBe(moved);
  });
});

it("shares what a client without the CLI's own settings has, where no CLI may answer", async () => {
  const plain = await answerOf({});
  expect(await answerOf({ only: "sdk", cliPath: "/opt/other", cli: { env: { A: "1" } } })).toBe(
    plain,
  );
  expect(await answerOf({ prefer: "cli", cli: {} })).toBe(plain);
  expect(asked).toBe(1);
});

import { memoryStore, openCache } from "@acc/cache";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { ChatRequest } from "../../src/contract/request.ts";
import { says } from "../scripted-provider.ts";

let cache = openCache({ store: memoryStore() });
let given: CanonicalRequest[] = [];
beforeEach(() => {
  cache = openCache({ store: memoryStore() });
  given = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cache.close();
});

const create = defineProvider({
  id: "known",
  defaultModel: "m",
  credential: { name: "known_api_key", env: ["KNOWN_API_KEY"] },
  baseUrl: { env: ["KNOWN_BASE_URL"] },
  sdk: {
    credentials: ["key"],
    supports: ["system"],
    probe: async () => ({ available: true }),
    run: (request, context) => {
      given.push(structuredClone(request));
      // A provider may be plain JavaScript.
      Object.assign(request.messages[0] as object, { content: [] });
      return says(`answer ${given.length}`)(request, context);
    },
  },
});
const open = () => create({ cache, secrets: false, apiKey: "key-number-one" });

/** What each request that the provider was given says. */
const saidIn = ({ messages }: CanonicalRequest) => {
  const [piece] = messages[0]?.content ?? [];
  return piece && "text" in piece ? piece.text : undefined;
};

function question(): ChatRequest {
  const message = Object.freeze({ role: "user", content: "What is safe?" } as const);
  return Object.freeze({ messages: Object.freeze([message]) });
}

test("a frozen request is hashed until the cache has had its answer", async () => {
  await using client = open();
  const key = vi.spyOn(cache, "key");
  const asked = question();
  for (let time = 0; time < 5; time++) expect((await client.chat(asked)).text).toBe("answer 1");
  for await (const _ of client.stream(asked));
  expect(key).toHaveBeenCalledTimes(2);
  expect((await client.chat(question())).text).toBe("answer 1");
  expect(key).toHaveBeenCalledTimes(3);
});

test("one that may be changed is read each time", async () => {
  await using client = open();
  const message = { role: "user" as const, content: "a" };
  const asked = Object.freeze({ messages: [message] });
  for (const content of ["a", "a", "b", "b", "a"]) {
    message.content = content;
    await client.chat(asked);
  }
  expect(given.map(saidIn)).toEqual(["a", "b"]);
});

test("a provider is given the request as it was asked, whatever it made of it before", async () => {
  await using client = open();
  const asked = question();
  for (const policy of ["default", "default", "refresh", "default", "off", "refresh"] as const) {
    await client.chat(asked, { cache: policy });
  }
  expect(given.map(saidIn)).toEqual(Array(4).fill("What is safe?"));
});

test("another server's answer is not taken for this one's", async () => {
  await using client = open();
  const asked = question();
  for (let time = 0; time < 3; time++) await client.chat(asked);
  vi.stubEnv("KNOWN_BASE_URL", "http://127.0.0.1:9");
  expect((await client.chat(asked)).text).toBe("answer 2");
  vi.unstubAllEnvs();
  expect((await client.chat(asked)).text).toBe("answer 1");
});

test("another tenant's answer is not given for a request that is known", async () => {
  await using client = open();
  const asked = question();
  for (let time = 0; time < 3; time++) await client.chat(asked, { tenant: "one" });
  expect((await client.chat(asked, { tenant: "two" })).text).toBe("answer 2");
});

test("what a client has by default is read each time, for it may be changed", async () => {
  const asked = question();
  const defaults = { system: "Be brief." };
  await using client = create({ cache, secrets: false, apiKey: "key-number-one", defaults });
  for (let time = 0; time < 3; time++) await client.chat(asked);
  defaults.system = "Be long.";
  await client.chat(asked);
  expect(given.map(({ system }) => system)).toEqual(["Be brief.", "Be long."]);
});

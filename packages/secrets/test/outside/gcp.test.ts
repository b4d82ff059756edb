import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { open } from "./gcp-scene.ts";
import { gcpServer, goodToken } from "./gcp-server.ts";

describe("Google's Secret Manager, by its documents", async () => {
  let probed = false;
  await testSecretStore(test, async (secrets) => {
    const store = open(probed ? (await gcpServer()).address : "http://127.0.0.1:9");
    probed = true;
    for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
    return store;
  });
});

test("versions, other ids, and a version that is disabled", async () => {
  const server = await gcpServer();
  server.secrets.set("prod-groq", ["groq-value-1", "groq-value-2"]);
  server.secrets.set("prod-off", ["off-value-1", undefined]);
  const names = {
    groq_api_key: "prod-groq",
    groq_old_key: { id: "prod-groq", version: "1" },
    off_api_key: "prod-off",
  };
  const store = open(server.address, { names });
  expect(await store.get("groq_api_key")).toEqual({ value: "groq-value-2", version: 2 });
  expect(await store.get("groq_old_key")).toEqual({ value: "groq-value-1", version: 1 });
  expect(await store.get("off_api_key")).toBeUndefined();
  expect(await store.list()).toEqual(["groq_api_key", "groq_old_key"]);
  expect((await store.set?.("groq_api_key", "groq-value-3", {}))?.version).toBe(3);
  await failsWith(async () => store.set?.("groq_old_key", "v", {}), "UNSUPPORTED_BY_FORMAT");
  await failsWith(async () => store.set?.("a:b_key", "v", {}), "NAME_INVALID");
  expect(await store.get("a:b_key")).toBeUndefined();
});

test("options that cannot be meant are refused, and check tells a token that is none", async () => {
  const server = await gcpServer();
  await open(server.address).check?.();
  await failsWith(() => open(server.address, { token: () => "" }).check?.(), "STORE_REFUSED");
  await failsWith(() => open(server.address, { project: "a/b" }), "INVALID_OPTION");
  await failsWith(() => open(server.address, { prefix: "acc/" }), "INVALID_OPTION");
  await failsWith(() => open("nowhere"), "INVALID_OPTION");
});

test("no secret or token stands in an address, an error or a print", async () => {
  const canary = "sk-canary-Zq7w9x2k";
  const server = await gcpServer();
  const store = open(server.address);
  await using secrets = await openSecrets({ store, env: {} });
  const kept = await secrets.set("canary_api_key", canary);
  server.tokens.clear();
  const failure = await secrets.set("canary_api_key", canary).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "STORE_REFUSED" });
  const prints = [inspect([failure, kept, store, secrets], { depth: 12, showHidden: true })];
  expect(server.lines.length).toBeGreaterThan(3);
  for (const each of [canary, goodToken]) {
    expect([...prints, ...server.lines].join("\n")).not.toContain(each);
  }
});

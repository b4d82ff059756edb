import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type KeyProvider, openSecrets } from "../../src/index.ts";
import { kmsKey } from "../../src/outside/aws.ts";
import { transitKey } from "../../src/outside/vault.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { kms, transit } from "./wrapping-services.ts";

test.each([
  ["Vault's Transit", transit],
  ["AWS KMS, by the real SDK,", kms],
])("%s opens a store; its key is in no file, and another's opens nothing", async (_, start) => {
  const service = await start();
  const directory = join(temporaryFolder(), "store");
  const open = (key: KeyProvider) => openSecrets({ directory, env: {}, keys: [key] });
  await using first = await open(service.key());
  await first.set("groq_api_key", "groq-value-0001");
  const before = service.asked();
  for (let write = 0; write < 5; write += 1) await first.set("groq_api_key", `groq-value-${write}`);
  expect(service.asked()).toBe(before);
  await using second = await open(service.key());
  expect((await second.get("groq_api_key"))?.reveal()).toBe("groq-value-4");
  const [info] = await second.keys.list();
  expect(info?.provider).toBe(service.kind);
  await failsWith(() => open(service.key("other")), "STORE_REFUSED");
  expect(readFileSync(join(directory, "acc-secrets.json"), "utf8")).not.toContain("groq-value");
});

test.each([
  ["Vault's Transit", transit],
  ["AWS KMS", kms],
])("a header without a key of %s is told as edited, and changes no byte", async (_, start) => {
  const service = await start();
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  await using first = await openSecrets({ directory, env: {}, keys: [service.key()] });
  await first.set("groq_api_key", "groq-value-0001");
  const store = JSON.parse(readFileSync(path, "utf8"));
  store.keys[0].params = { sealed: "\n../../not sealed" };
  writeFileSync(path, JSON.stringify(store));
  const open = () => openSecrets({ directory, env: {}, keys: [service.key()] });
  await failsWith(open, "STORE_DAMAGED");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(store);
});

test("options that cannot be meant are refused", async () => {
  const auth = { method: "token", token: "hvs.x" } as const;
  await failsWith(
    () => transitKey({ address: "https://vault.example.com", auth, key: "../x" }),
    "INVALID_OPTION",
  );
  await failsWith(() => kmsKey({ client: {} as never, key: "x" }), "INVALID_OPTION");
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KMS } from "@aws-sdk/client-kms";
import { expect, test, vi } from "vitest";
import { type KeyProvider, openSecrets, passphrase } from "../../src/index.ts";
import { kmsKey } from "../../src/outside/aws.ts";
import { transitKey } from "../../src/outside/vault.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { awsServer } from "./aws-server.ts";
import { vaultServer } from "./vault-server.ts";

// What a derivation costs is no matter of these tests: the least that a header may say.
vi.mock(import("../../src/keys/usual-cost.ts"), () => ({ usualCost: { N: 2 ** 14, r: 8, p: 1 } }));

/** A service that is played: its key, how often it was asked, and a way to take it away. */
interface Service {
  readonly kind: string;
  key(name?: string): KeyProvider;
  asked(): number;
  take(): void;
}

async function transit(): Promise<Service> {
  const server = await vaultServer();
  const token = server.addToken("hvs.token-of-a-test-1");
  const auth = { method: "token", token } as const;
  return {
    kind: "vault-transit",
    key: (name = "acc") => transitKey({ address: server.address, auth, key: name }),
    asked: () => server.requests.filter(({ line }) => line.includes("/transit/")).length,
    take: () => {
      server.intercept = () => ({ status: 503, body: { errors: ["Vault is sealed"] } });
    },
  };
}

async function kms(): Promise<Service> {
  const server = await awsServer();
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" };
  const region = "eu-central-1";
  const client = new KMS({ endpoint: server.endpoint, region, credentials, maxAttempts: 1 });
  return {
    kind: "aws-kms",
    key: (name = "alias/acc") => kmsKey({ client, key: name }),
    asked: () => server.calls.length,
    take: () => {
      server.intercept = () => ({ status: 500, type: "KMSInternalException", message: "" });
    },
  };
}

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
])(
  "while %s is away an open store goes on, another key opens it, and without one it says why",
  async (_, start) => {
    const service = await start();
    const directory = join(temporaryFolder(), "store");
    const spare = passphrase("correct horse battery staple");
    const open = (...keys: KeyProvider[]) => openSecrets({ directory, env: {}, keys });
    await using first = await open(service.key(), spare);
    await first.set("groq_api_key", "groq-value-0001");
    const rotated = (await first.keys.list()).find(({ provider }) => provider === service.kind);
    await first.keys.rotate(rotated?.id ?? "");
    service.take();
    await first.set("groq_api_key", "groq-value-0002");
    await using second = await open(service.key(), spare);
    expect((await second.get("groq_api_key"))?.reveal()).toBe("groq-value-0002");
    await failsWith(() => open(service.key()), "STORE_UNAVAILABLE");
  },
  60_000,
);

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

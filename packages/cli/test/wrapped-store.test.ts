import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsServer } from "../../secrets/test/outside/aws-server.ts";
import { vaultServer } from "../../secrets/test/outside/vault-server.ts";
import { homeAnew } from "./home-anew.ts";

const value = "gsk-value-that-opens-nothing";
const home = homeAnew();

const folder = () => join(home.path, ".config", "acc");

async function settings(secrets: unknown): Promise<void> {
  const path = join(folder(), "config.json");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify({ secrets }));
}

/** A service that is played: the member `wrap` for it, its variables, and a way to take it away. */
interface Service {
  readonly wrap: Readonly<Record<string, unknown>>;
  readonly env: Record<string, string>;
  readonly secret: string;
  asked(): number;
  take(): void;
}

async function transit(): Promise<Service> {
  const server = await vaultServer();
  const token = server.addToken("hvs.token-of-a-test-1");
  const auth = { method: "token", token: { env: "VAULT_TOKEN" } };
  return {
    wrap: { provider: "vault-transit", address: server.address, auth, key: "acc" },
    env: { VAULT_TOKEN: token },
    secret: token,
    asked: () => server.requests.filter(({ line }) => line.includes("/transit/")).length,
    take: () => {
      server.intercept = () => ({ status: 503, body: { errors: ["Vault is sealed"] } });
    },
  };
}

async function kms(): Promise<Service> {
  const server = await awsServer();
  const secret = "secret-access-key-of-a-test-1";
  return {
    wrap: {
      provider: "aws-kms",
      key: "alias/acc",
      region: "eu-central-1",
      endpoint: server.endpoint,
      timeout: 2_000,
    },
    env: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: secret },
    secret,
    asked: () => server.calls.length,
    take: () => {
      server.intercept = () => ({ status: 500, type: "KMSInternalException", message: "" });
    },
  };
}

describe.each([
  ["Vault's Transit", transit],
  ["AWS KMS", kms],
])("a store whose key %s seals, by the config file,", { timeout: 90_000 }, (_, start) => {
  it("is made and opened with that alone, and doctor looks at it", async () => {
    const { wrap, env, secret, asked, take } = await start();
    await settings({ wrap });
    const early = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    expect(early.secrets).toMatchObject({ exists: false, healthy: true });
    const set = await home.acc(["secrets", "set", "groq_api_key"], { env, stdin: value });
    expect([set.code, set.stderr]).toEqual([0, expect.any(String)]);
    const got = await home.acc(["secrets", "get", "groq_api_key", "--reveal"], { env });
    expect(got.stdout).toBe(`${value}\n`);
    expect(asked()).toBeGreaterThan(1);
    const keys = JSON.parse(
      (await home.acc(["secrets", "keys", "list", "--json"], { env })).stdout,
    );
    expect(keys.keys).toEqual([expect.objectContaining({ provider: wrap.provider })]);
    await expect(readFile(join(folder(), "acc-secrets.key"))).rejects.toThrow("ENOENT");
    const file = await readFile(join(folder(), "acc-secrets.json"), "utf8");
    expect(file).not.toContain(value);
    expect(file).not.toContain(secret);
    const good = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    const wrappedBy = `${wrap.provider} ${wrap.key}`;
    expect(good.secrets).toMatchObject({ healthy: true, entries: 1, wrappedBy });
    const stores = await home.acc(["secrets", "stores"], { env });
    expect(stores.stdout).toContain(`wrapped by ${wrappedBy}`);
    take();
    const bad = await home.acc(["doctor", "--json"], { env });
    const report = JSON.parse(bad.stdout);
    expect(report.secrets).toMatchObject({ healthy: false, wrappedBy });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "STORE_UNAVAILABLE",
        fix: expect.stringContaining("secrets.wrap"),
      }),
    );
    expect(bad.stdout).not.toContain(secret);
  });

  it("takes the place of a key file, which may go then", async () => {
    const { wrap, env } = await start();
    await home.acc(["secrets", "set", "groq_api_key"], { env, stdin: value });
    await settings({ wrap });
    const before = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    expect(before.secrets).toMatchObject({ healthy: true, entries: 1 });
    expect(before.findings).toContainEqual({
      code: "WRAP_NOT_USED",
      what: expect.stringContaining(`${wrap.provider} ${wrap.key}`),
      fix: `Run: acc secrets keys add ${wrap.provider}`,
    });
    const added = await home.acc(["secrets", "keys", "add", String(wrap.provider)], { env });
    expect([added.code, added.stderr]).toEqual([0, expect.stringContaining(String(wrap.provider))]);
    const list = JSON.parse(
      (await home.acc(["secrets", "keys", "list", "--json"], { env })).stdout,
    );
    const old = list.keys.find(({ provider }: { provider: string }) => provider === "file");
    const removed = await home.acc(["secrets", "keys", "remove", old.id], { env });
    expect([removed.code, removed.stderr]).toEqual([0, expect.any(String)]);
    const unlock = ["--unlock", String(wrap.provider)];
    const got = await home.acc(["secrets", "get", "groq_api_key", "--reveal", ...unlock], { env });
    expect(got.stdout).toBe(`${value}\n`);
    await settings({ store: "file" });
    const without = await home.acc(["secrets", "list"], { env });
    expect([without.code, without.stderr]).toEqual([
      1,
      expect.stringContaining(`${wrap.provider}`),
    ]);
  });
});

describe("what the config file says of it", () => {
  it.each([
    [{ provider: "aws-kms" }, 'needs "key" for aws-kms'],
    [{ provider: "gcp-kms", key: "k" }, "must be one of aws-kms, vault-transit"],
    [{ provider: "aws-kms", key: "k", regoin: "x" }, 'did you mean "region"?'],
    [{ provider: "vault-transit", key: "k", address: "http://127.0.0.1:1" }, 'needs "auth"'],
    [
      {
        provider: "vault-transit",
        key: "k",
        address: "http://127.0.0.1:1",
        auth: { method: "token", token: "hvs.in-the-file" },
      },
      "the config file holds no secret",
    ],
    [
      {
        provider: "vault-transit",
        key: "../k",
        address: "http://127.0.0.1:1",
        auth: { method: "token", token: { env: "T" } },
      },
      "secrets.wrap",
    ],
  ])("%j is refused with where and why", async (wrap, words) => {
    await settings({ wrap });
    const run = await home.acc(["secrets", "list"]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(run.stderr).not.toContain("hvs.in-the-file");
  });

  it("belongs to the file alone, and --unlock names what it says", async () => {
    await settings({
      store: "files",
      folder: "/run/secrets",
      wrap: { provider: "aws-kms", key: "k" },
    });
    const run = await home.acc(["secrets", "list"]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('has no "wrap"')]);
    await settings({ store: "file" });
    const unlock = await home.acc(["secrets", "list", "--unlock", "aws-kms"]);
    expect([unlock.code, unlock.stderr]).toEqual([2, expect.stringContaining('"wrap"')]);
  });
});

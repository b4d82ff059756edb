import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import type { SecretStore } from "../../src/index.ts";
import { createAwsStore } from "../../src/outside/aws.ts";
import { createGcpStore } from "../../src/outside/gcp.ts";
import type { ReadOptions } from "../../src/outside/read-options.ts";
import { createVaultStore } from "../../src/outside/vault.ts";
import { awsServer } from "./aws-server.ts";
import { gcpServer, goodToken } from "./gcp-server.ts";
import { vaultServer } from "./vault-server.ts";

type Outage = "away" | "slow" | "limited" | "expired";

/** A store on a server that plays the vendor's, and what can happen to that. */
interface Scene {
  readonly store: SecretStore;
  keep(value: string): void;
  fail(outage: Outage | undefined): void;
}

const scenes: Readonly<Record<string, (options: ReadOptions) => Promise<Scene>>> = {
  async vault(options) {
    const server = await vaultServer();
    const token = server.addToken("hvs.token-1");
    const auth = { method: "token", token } as const;
    const { address } = server;
    const denied = { status: 403, body: { errors: ["permission denied"] } };
    const answers = {
      away: { status: 503, body: { errors: ["Vault is sealed"] } },
      slow: "hang" as const,
      limited: { status: 429, body: { errors: ["request path: rate limit quota exceeded"] } },
      expired: denied,
    };
    return {
      store: createVaultStore({ address, auth, ...options }),
      keep: (value) => server.secrets.set("acc/groq_api_key", [{ data: { value } }]),
      fail: (outage) => {
        server.intercept = () => outage && answers[outage];
      },
    };
  },
  async aws(options) {
    const server = await awsServer();
    const { endpoint } = server;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" };
    const region = "eu-central-1";
    const client = new SecretsManager({ endpoint, region, credentials, maxAttempts: 1 });
    const answers = {
      away: { status: 500, type: "InternalServiceError", message: "" },
      slow: "hang" as const,
      limited: { status: 400, type: "ThrottlingException", message: "Rate exceeded" },
      expired: { status: 400, type: "ExpiredTokenException", message: "It is expired." },
    };
    return {
      store: createAwsStore({ client, ...options }),
      keep: (value) => {
        const stages = new Map([["AWSCURRENT", value]]);
        server.secrets.set("acc/groq_api_key", { stages, deleted: false });
      },
      fail: (outage) => {
        server.intercept = () => outage && answers[outage];
      },
    };
  },
  async gcp(options) {
    const server = await gcpServer();
    const { address } = server;
    const token = () => goodToken;
    const answers = { away: 503, slow: "hang", limited: 429, expired: 401 } as const;
    return {
      store: createGcpStore({ project: "my-project", address, token, ...options }),
      keep: (value) => server.secrets.set("acc-groq_api_key", [value]),
      fail: (outage) => {
        server.intercept = () => outage && answers[outage];
      },
    };
  },
};

const second = 1_000;
const ttl = 100 * second;

async function opened(name: string) {
  const clock = { time: 1_000_000_000 };
  const own = { ttl, refreshAfter: 2 * second, timeout: 500 };
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`There is no ${name}.`);
  const options = { now: () => clock.time, ...own, onWarning: () => undefined };
  return { clock, ...(await scene(options)) };
}

/** The value once the store says it: on a busy machine an answer may come too late. */
const settled = (store: SecretStore, value: string) =>
  expect
    .poll(
      async () => {
        await store.refresh?.();
        const found = await Promise.resolve(store.get("groq_api_key")).catch(() => undefined);
        return found?.value;
      },
      { timeout: 60_000 },
    )
    .toBe(value);

const names = Object.keys(scenes);

test.each(names)(
  "%s: none of 1,000 calls fails in outages of every kind, or gets what was revoked too long ago",
  async (name) => {
    const { clock, store, keep, fail } = await opened(name);
    const outages = ["away", "slow", "limited", "expired"] as const;
    const revokedAt = new Map<string, number>();
    let current = "";
    const rotate = (call: number) => {
      revokedAt.set(current, clock.time);
      current = `groq-value-${call}`;
      keep(current);
    };
    rotate(0);
    await settled(store, current);
    let stale = 0;
    for (let call = 0; call < 1_000; call += 1) {
      const [round, within] = [Math.floor(call / 250), call % 250];
      if (within === 50) fail(outages[round]);
      if (within === 100) rotate(call);
      if (within === 150) fail(undefined);
      const found = await store.get("groq_api_key");
      const value = found?.value ?? "";
      expect(value, `call ${call}`).toMatch(/^groq-value-/);
      expect(clock.time - (revokedAt.get(value) ?? clock.time)).toBeLessThan(ttl);
      if (found?.stale) stale += 1;
      clock.time += second / 5;
    }
    expect(stale).toBeGreaterThan(200);
    await settled(store, current);
    await store.close?.();
  },
  180_000,
);

test.each(names)(
  "%s: an outage that is longer than the time to live serves no revoked value",
  async (name) => {
    const { clock, store, keep, fail } = await opened(name);
    keep("groq-value-0001");
    await settled(store, "groq-value-0001");
    fail("away");
    keep("groq-value-0002");
    const served: boolean[] = [];
    for (let call = 0; call < 15; call += 1) {
      clock.time += ttl / 10;
      served.push((await Promise.resolve(store.get("groq_api_key")).catch(() => "")) !== "");
    }
    expect(served).toEqual(served.map((_, call) => call < 9));
    fail(undefined);
    await settled(store, "groq-value-0002");
    await store.close?.();
  },
  180_000,
);

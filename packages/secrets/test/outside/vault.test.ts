import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { openSecrets, type SecretsWarning } from "../../src/index.ts";
import { createVaultStore, type VaultStoreOptions } from "../../src/outside/vault.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { type VaultServer, vaultServer } from "./vault-server.ts";

const token = "hvs.token-of-a-test-1";

/** The store of a server that is played, with a token that it knows. */
function open(server: VaultServer, more: Partial<VaultStoreOptions> = {}) {
  server.addToken(token);
  return createVaultStore({
    address: server.address,
    auth: { method: "token", token },
    onWarning: () => undefined,
    ...more,
  });
}

describe("Vault, by its documents", async () => {
  let probed = false;
  await testSecretStore(test, async (secrets) => {
    const auth = { method: "token", token } as const;
    if (!probed) {
      probed = true;
      return createVaultStore({ address: "http://127.0.0.1:9", auth });
    }
    const store = open(await vaultServer());
    for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
    return store;
  });
});

test("versions count up, and the audit header and the namespace are sent", async () => {
  const server = await vaultServer();
  const store = open(server, { namespace: "team/a" });
  expect((await store.set?.("groq_api_key", "groq-value-0001", {}))?.version).toBe(1);
  expect((await store.set?.("groq_api_key", "groq-value-0002", {}))?.version).toBe(2);
  expect(new Set(server.requests.map(({ namespace }) => namespace))).toEqual(new Set(["team/a"]));
  expect(server.requests.map(({ line }) => line)).toContain(
    "POST /v1/secret/data/acc/groq_api_key",
  );
});

test("a field of a secret elsewhere is read, and written beside its other fields", async () => {
  const server = await vaultServer();
  server.secrets.set("team/llm", [{ data: { groq: "old-value-1", openai: "openai-value-1" } }]);
  server.secrets
    .get("team/llm")
    ?.push({ data: { groq: "groq-value-2", openai: "openai-value-1" } });
  const names = {
    groq_api_key: { path: "team/llm", field: "groq" },
    old_api_key: { path: "team/llm", field: "groq", version: 1 },
    none_api_key: { path: "team/llm", field: "none" },
  };
  const store = open(server, { names });
  expect(await store.get("groq_api_key")).toEqual({ value: "groq-value-2", version: 2 });
  expect(await store.get("old_api_key")).toEqual({ value: "old-value-1", version: 1 });
  expect(await store.list()).toEqual(["groq_api_key", "old_api_key"]);
  await store.set?.("groq_api_key", "groq-value-3", {});
  expect(await store.delete?.("groq_api_key")).toBe(true);
  expect(server.secrets.get("team/llm")?.at(-1)?.data).toEqual({ openai: "openai-value-1" });
  await failsWith(
    async () => store.set?.("old_api_key", "x-value-0001", {}),
    "UNSUPPORTED_BY_FORMAT",
  );
});

test("writes of two machines to one secret are both kept, by check-and-set", async () => {
  const server = await vaultServer();
  const names = Object.fromEntries(
    Array.from({ length: 4 }, (_, index) => [
      `key_${index}`,
      { path: "team/llm", field: `f${index}` },
    ]),
  );
  await Promise.all(
    Object.keys(names).map(async (name) =>
      open(server, { names }).set?.(name, `${name}-value`, {}),
    ),
  );
  expect(Object.keys(server.secrets.get("team/llm")?.at(-1)?.data ?? {}).sort()).toEqual([
    ...["f0", "f1", "f2", "f3"],
  ]);
});

test.each([
  { method: "approle", roleId: "role-1", secretId: () => "login-secret-1\n" },
  { method: "kubernetes", role: "role-1", jwt: () => Promise.resolve("login-secret-1") },
  { method: "jwt", role: "role-1", jwt: "login-secret-1", mount: "gitlab" },
] as const)("it logs in by $method, once for all who wait", async (auth) => {
  const server = await vaultServer();
  server.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  const store = open(server, { auth });
  const names = ["groq_api_key", "openai_api_key", "mistral_api_key"];
  const [found] = await Promise.all(names.map((name) => store.get(name)));
  expect(found).toEqual({ value: "groq-value-0001", version: 1 });
  const logins = server.requests.filter(({ line }) => line.endsWith("/login"));
  expect(logins.map(({ line }) => line)).toEqual([
    `POST /v1/auth/${"mount" in auth ? auth.mount : auth.method}/login`,
  ]);
});

test("a login that is refused says so, and shows nothing that it was made with", async () => {
  const server = await vaultServer();
  const auth = { method: "approle", roleId: "role-1", secretId: "wrong-secret-9" } as const;
  const message = await failsWith(
    () => open(server, { auth }).get("groq_api_key"),
    "STORE_REFUSED",
  );
  expect(message).toContain("approle");
  const empty = { method: "kubernetes", role: "role-1", jwt: () => "" } as const;
  await failsWith(() => open(server, { auth: empty }).get("groq_api_key"), "STORE_REFUSED");
});

// hashicorp/vault#3033, ricoberger/vault-secrets-operator#94: 403 from the expiry on, until a restart.
test("a token that dies in the middle of 1,000 calls fails none of them", async () => {
  const server = await vaultServer();
  server.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  const auth = { method: "approle", roleId: "role-1", secretId: "login-secret-1" } as const;
  const store = open(server, { auth, refreshAfter: 0, required: true });
  let answered = 0;
  server.intercept = () => {
    answered += 1;
    if (answered % 300 === 0) server.tokens.clear();
    return undefined;
  };
  await using secrets = await openSecrets({ store, env: {} });
  for (let round = 0; round < 50; round += 1) {
    const all = Array.from({ length: 20 }, () => secrets.get("groq_api_key"));
    for (const secret of await Promise.all(all)) {
      expect([secret?.reveal(), secret?.stale]).toEqual(["groq-value-0001", undefined]);
    }
    await secrets.refresh();
  }
  const logins = server.requests.filter(({ line }) => line.endsWith("/login"));
  expect(logins.length).toBeLessThanOrEqual(1 + Math.floor(answered / 300));
});

// spring-cloud/spring-cloud-vault#715: a batch token cannot be renewed, and its file is replaced.
test("a token that is given by a function is asked for again once it is dead", async () => {
  const server = await vaultServer();
  server.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  let current = server.addToken("hvs.first-1");
  const auth = { method: "token", token: () => current } as const;
  const store = open(server, { auth, required: true });
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0001");
  server.tokens.clear();
  current = server.addToken("hvs.second-2");
  await store.refresh?.();
  expect(await store.get("groq_api_key")).toEqual({ value: "groq-value-0001", version: 1 });
});

test("a token is renewed while it lives, and one that is near its last end is logged in for anew", async () => {
  const server = await vaultServer();
  server.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  server.loginTtl = 2;
  const auth = { method: "approle", roleId: "role-1", secretId: "login-secret-1" } as const;
  const store = open(server, { auth });
  await store.get("groq_api_key");
  const lines = () => server.requests.map(({ line }) => line);
  await expect.poll(lines, { timeout: 15_000 }).toContain("POST /v1/auth/token/renew-self");
  server.intercept = ({ line }) =>
    line.endsWith("renew-self")
      ? { status: 200, body: { auth: { client_token: "x", lease_duration: 0.5, renewable: true } } }
      : undefined;
  const logins = () => lines().filter((line) => line.endsWith("/login")).length;
  await expect.poll(logins, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  await store.close?.();
}, 40_000);

test("a policy that forbids a path is told from a dead token: nobody logs in for it", async () => {
  const server = await vaultServer();
  server.intercept = ({ line }) =>
    line.includes("/data/")
      ? { status: 403, body: { errors: ["1 error occurred:\n\t* permission denied\n\n"] } }
      : undefined;
  const auth = { method: "approle", roleId: "role-1", secretId: "login-secret-1" } as const;
  const message = await failsWith(
    () => open(server, { auth }).get("groq_api_key"),
    "STORE_REFUSED",
  );
  expect(message).toContain("secret/data/acc/groq_api_key");
  expect(server.requests.filter(({ line }) => line.endsWith("/login"))).toHaveLength(1);
});

const outages = [
  { status: 503, body: { errors: ["Vault is sealed"] } },
  {
    status: 429,
    body: { errors: ["request path: rate limit quota exceeded"] },
    headers: { "retry-after": "1" },
  },
  { status: 500, body: { errors: ["internal error"] } },
  { status: 412, body: { errors: ["required index state not present"] } },
  { status: 502 },
  "hang" as const,
];

/** An outage that comes after a value was read; the warnings until it is over. */
async function survive(outage: (typeof outages)[number]): Promise<SecretsWarning[]> {
  const server = await vaultServer();
  server.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  const clock = { time: Date.now() };
  const warnings: SecretsWarning[] = [];
  const store = open(server, {
    now: () => clock.time,
    timeout: 3_000,
    onWarning: (warning) => warnings.push(warning),
  });
  const value = "groq-value-0001";
  await store.get("groq_api_key");
  for (const round of [1, 2]) {
    clock.time += 120_000;
    server.intercept = () => outage;
    expect(await store.get("groq_api_key")).toMatchObject({ value, stale: true });
    if (round === 1) await failsWith(() => store.get("never_read_key"), "STORE_UNAVAILABLE");
    server.intercept = undefined;
    await store.refresh?.();
    const isStale = async () => (await store.get("groq_api_key"))?.stale;
    await expect.poll(isStale, { timeout: 15_000 }).toBeUndefined();
  }
  return warnings;
}

test("sealed, limited, failing, slow or away: what is in memory is served, and told as stale", async () => {
  const warnings = await Promise.all(outages.map(survive));
  expect(warnings[0]?.[0]?.message).toContain("sealed");
  expect(warnings.map(({ length }) => length)).toEqual(outages.map(() => 2));
}, 60_000);

test("a standby server points to the active one; anything else is no place for a token", async () => {
  const [standby, active] = [await vaultServer(), await vaultServer()];
  active.secrets.set("acc/groq_api_key", [{ data: { value: "groq-value-0001" } }]);
  active.addToken(token);
  const point = (to: (path: string) => string) => {
    standby.intercept = ({ line }) => ({
      status: 307,
      headers: { location: to(line.split(" ")[1] ?? "") },
    });
  };
  point((path) => `${active.address}${path}`);
  expect((await open(standby).get("groq_api_key"))?.value).toBe("groq-value-0001");
  const before = active.requests.length;
  point(() => `${active.address}/login.html`);
  await failsWith(() => open(standby).get("groq_api_key"), "STORE_REFUSED");
  expect(active.requests.length).toBe(before);
  active.intercept = standby.intercept = ({ line }) => ({
    status: 307,
    headers: { location: `${active.address}${line.split(" ")[1]}` },
  });
  await failsWith(() => open(standby).get("groq_api_key"), "STORE_UNAVAILABLE");
});

test("check says what is wrong before a call needs a key", async () => {
  const server = await vaultServer();
  await open(server).check?.();
  const auth = { method: "token", token: "hvs.of-nobody-1" } as const;
  await failsWith(() => open(server, { auth }).check?.(), "STORE_REFUSED");
  const away = createVaultStore({ address: "http://127.0.0.1:9", auth, timeout: 500 });
  await failsWith(() => away.check?.(), "STORE_UNAVAILABLE");
});

test("options that cannot be meant are refused", async () => {
  const auth = { method: "token", token } as const;
  const address = "https://vault.example.com:8200";
  for (const options of [
    { address: "vault.example.com", auth },
    { address: "ftp://vault.example.com", auth },
    { address, auth: { method: "ldap" } as never },
    { address, auth, mount: "/secret/" },
    { address, auth, path: "a/../b" },
    { address, auth, names: { groq_api_key: { path: "" } } },
  ]) {
    await failsWith(() => createVaultStore(options), "INVALID_OPTION");
  }
});

test("no secret, token or login stands in an address, an error, a warning or a print", async () => {
  const server = await vaultServer();
  const canaries = ["sk-canary-Zq7w9x2k", "hvs.canary-token-77", "login-canary-5512"];
  const [value = "", held = "", login = ""] = canaries;
  server.logins.push({ role: "role-2", secret: login });
  server.addToken(held);
  const prints: string[] = [];
  for (const auth of [
    { method: "token", token: held } as const,
    { method: "approle", roleId: "role-2", secretId: login } as const,
  ]) {
    const clock = { time: Date.now() };
    const onWarning = (warning: SecretsWarning) => prints.push(inspect(warning));
    const store = open(server, { auth, now: () => clock.time, onWarning, timeout: 3_000 });
    await using secrets = await openSecrets({ store, env: {} });
    const kept = await secrets.set("canary_api_key", value);
    clock.time += 120_000;
    server.intercept = ({ token: sent }) => ({
      status: 500,
      body: { errors: [`no ${value} for ${sent}${"roleId" in auth ? ` by ${login}` : ""}`] },
    });
    prints.push(inspect(await secrets.get("canary_api_key")));
    clock.time += 7_200_000;
    const failure = await secrets.get("canary_api_key").catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: "STORE_UNAVAILABLE" });
    prints.push(inspect([failure, kept, store, secrets], { depth: 12, showHidden: true }));
    server.intercept = undefined;
  }
  expect(prints.join("\n")).toContain("[redacted]");
  const addresses = server.requests.map(({ line }) => line);
  for (const canary of canaries) expect([...prints, ...addresses].join("\n")).not.toContain(canary);
}, 40_000);

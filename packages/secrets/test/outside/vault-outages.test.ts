import { inspect } from "node:util";
import { expect, test } from "vitest";
import { openSecrets, type SecretsWarning } from "../../src/index.ts";
import { failsWith } from "../codes.ts";
import { open } from "./vault-scene.ts";
import { vaultServer } from "./vault-server.ts";

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

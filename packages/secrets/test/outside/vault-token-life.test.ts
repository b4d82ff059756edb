import { expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { open } from "./vault-scene.ts";
import { vaultServer } from "./vault-server.ts";

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

import { describe, expect, test } from "vitest";
import { createVaultStore } from "../../src/outside/vault.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { open, token } from "./vault-scene.ts";
import { vaultServer } from "./vault-server.ts";

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

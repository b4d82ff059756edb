import { expect, test } from "vitest";
import { failsWith } from "../codes.ts";
import { open } from "./vault-scene.ts";
import { vaultServer } from "./vault-server.ts";

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

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { createMemoryStore, openSecrets, type SecretStore } from "../src/index.ts";
import { failsWith } from "./codes.ts";

const open = (env = {}) => openSecrets({ store: createMemoryStore(), env });
const shown = async (found: Promise<{ reveal(): string } | undefined>) => (await found)?.reveal();

test("an alias is the same name: to get, list, delete, rotate and refuse", async () => {
  await using secrets = await open();
  await secrets.set("gemini_api_key", "gemini-value-0001");
  await secrets.set("HF_TOKEN", "hugging-value-0001");
  expect(await shown(secrets.get("google-api-key"))).toBe("gemini-value-0001");
  expect(await shown(secrets.get("huggingface_token"))).toBe("hugging-value-0001");
  expect(await shown(secrets.get("hugging_face_hub_token"))).toBe("hugging-value-0001");
  await failsWith(() => secrets.set("google_api_key", "other-value-0001"), "NAME_CONFLICT");
  const plan = { create: async () => "gemini-value-0002", overlap: 60_000 };
  expect((await secrets.rotate("google_api_key", plan)).version).toBe(2);
  expect(await secrets.getAll("google_api_key")).toHaveLength(2);
  expect(await secrets.delete("google_api_key")).toBe(true);
  expect(await secrets.list()).toEqual(["HF_TOKEN"]);
});

test("the variable of the name that was asked for goes first", async () => {
  const env = { GEMINI_API_KEY: "gemini-value-0001", GOOGLE_API_KEY: "google-value-0001" };
  await using secrets = await open(env);
  expect(await shown(secrets.get("gemini_api_key"))).toBe("gemini-value-0001");
  expect(await shown(secrets.get("google_api_key"))).toBe("google-value-0001");
});

test("a mapping of an alias serves every name of it", async () => {
  const mapping = { gemini_api_key: ["MY_KEY"] };
  await using secrets = await openSecrets({
    store: createMemoryStore(),
    env: { MY_KEY: "my-value-0001" },
    mapping,
  });
  expect(await shown(secrets.get("google_api_key"))).toBe("my-value-0001");
});

test("a store of a stranger is asked by the names of a provider's variables", async () => {
  const store: SecretStore = {
    kind: "strange",
    get: async (name) => (name === "acme_token" ? { value: "acme-value-0001" } : undefined),
    list: async () => ["acme_token"],
  };
  await using secrets = await openSecrets({ store, env: { ACME_KEY: "acme-value-0002" } });
  const env = ["ACME_KEY", "ACME_TOKEN", "PATH", "ACC_SECRETS_KEY"];
  expect((await secrets.getAll("acme_key", { env })).map((each) => each.reveal())).toEqual([
    "acme-value-0001",
  ]);
});

test("names with one variable are not kept beside each other", async () => {
  await using secrets = await open();
  await secrets.set("a-b_key", "first-value-0001");
  const message = await failsWith(() => secrets.set("a/b_key", "other-value"), "NAME_CONFLICT");
  expect(message).toContain("one variable");
  expect(await shown(secrets.get("a-b_key"))).toBe("first-value-0001");
  expect(await secrets.get("a/b_key")).toBeUndefined();
});

test("a role reads an alias by the pattern that names either, and is denied by either", async () => {
  await using secrets = await open();
  await secrets.set("gemini_api_key", "gemini-value-0001");
  const rules = (names: string[], denied: string[] = []) => [
    { verbs: ["read" as const], names },
    ...denied.map((name) => ({ effect: "deny" as const, verbs: ["read" as const], names: [name] })),
  ];
  await secrets.roles.set("ci", rules(["gemini_*"]));
  expect(await shown(secrets.as("ci").get("google_api_key"))).toBe("gemini-value-0001");
  await secrets.roles.set("ci", rules(["*"], ["google_api_key"]));
  await failsWith(() => secrets.as("ci").get("gemini_api_key"), "FORBIDDEN");
});

test("a role reaches no variable, and no other name, around its policy", async () => {
  await using secrets = await open({
    ADMIN_API_KEY: "admin-value-0001",
    GROQ_API_KEY: "groq-value-0001",
  });
  await secrets.set("other_api_key", "other-value-0001");
  await secrets.roles.set("ci", [{ verbs: ["read"], names: ["groq_*"] }]);
  const ci = secrets.as("ci");
  const env = ["ADMIN_API_KEY", "OTHER_API_KEY", "other-api-key", "PATH", "not a name"];
  expect(await shown(ci.get("groq_admin_key", { env }))).toBeUndefined();
  expect(await ci.getAll("groq_admin_key", { env })).toEqual([]);
  expect(await shown(ci.get("groq_admin_key", { env: ["GROQ_API_KEY"] }))).toBe("groq-value-0001");
  await failsWith(() => ci.get("admin_api_key"), "FORBIDDEN");
  expect(await shown(secrets.get("groq_admin_key", { env }))).toBe("other-value-0001");
});

test("globalThis printed in whatever way shows no value", () => {
  const built = new URL("../dist/index.js", import.meta.url).href;
  const code = `
    import { inspect } from "node:util";
    import { createSecret, getGlobalSecretsManager, redact } from ${JSON.stringify(built)};
    const held = createSecret("some_api_key", "a-value-that-nobody-sees");
    const secrets = await getGlobalSecretsManager();
    redact("a text that is long enough");
    const hidden = { showHidden: true, depth: 12, customInspect: false, maxArrayLength: null };
    console.log(inspect(globalThis, { depth: 12 }), inspect(globalThis, hidden));
    for (const key of Reflect.ownKeys(globalThis)) {
      if (typeof key === "symbol") console.log(inspect(globalThis[key], hidden));
    }
    console.log(held.reveal().length, String(Object.getOwnPropertySymbols(globalThis).length));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env: { HOME: "/nowhere" },
  });
  expect(out).toContain("@acc/secrets");
  expect(out).not.toContain("a-value-that");
});

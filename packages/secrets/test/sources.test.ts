import { expect, test } from "vitest";
import {
  generateFernetKey,
  openSecrets,
  type SecretsOptions,
  type SecretsWarning,
} from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const open = async (env: Record<string, string>, options: SecretsOptions = {}) => {
  const warnings: SecretsWarning[] = [];
  const secrets = await openSecrets({
    directory: temporaryFolder(),
    env,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  return { secrets, warnings };
};

test("explicit, store, environment, default: the first that has it, and it says which", async () => {
  const { secrets } = await open({ GROQ_API_KEY: "from-the-environment" });
  const source = async (options = {}) => {
    const secret = await secrets.get("groq_api_key", options);
    return [secret?.source, secret?.reveal()];
  };
  expect(await source({ default: "a-default" })).toEqual([
    "env:GROQ_API_KEY",
    "from-the-environment",
  ]);
  await secrets.set("groq_api_key", "from-the-store");
  expect(await source({ default: "a-default" })).toEqual(["store", "from-the-store"]);
  expect(await source({ explicit: "given-here" })).toEqual(["explicit", "given-here"]);
  const other = await secrets.get("other_api_key", { default: "a-default" });
  expect([other?.source, other?.reveal()]).toEqual(["default", "a-default"]);
  expect(await secrets.get("other_api_key")).toBeUndefined();
});

test("env-first turns the store and the environment", async () => {
  const { secrets } = await open({ GROQ_API_KEY: "from-the-env" }, { precedence: "env-first" });
  await secrets.set("groq_api_key", "from-the-store");
  expect((await secrets.get("groq_api_key"))?.source).toBe("env:GROQ_API_KEY");
});

test("a shadowed value is warned of once, by name and without any value", async () => {
  const { secrets, warnings } = await open({ GROQ_API_KEY: "from-the-environment" });
  await secrets.set("groq_api_key", "from-the-store");
  for (let count = 0; count < 3; count += 1) await secrets.get("groq_api_key");
  await secrets.get("groq-api-key");
  expect(warnings.map(({ code, name }) => [code, name])).toEqual([["SHADOWED", "groq_api_key"]]);
  expect(warnings[0]?.message).toContain("env:GROQ_API_KEY");
  expect(warnings[0]?.message).not.toMatch(/from-the/);
});

test("a short value is warned of when it is set", async () => {
  const { secrets, warnings } = await open({});
  await secrets.set("short_key", "seven77");
  expect(warnings.map(({ code }) => code)).toEqual(["SHORT_VALUE"]);
});

test.each([
  ["anthropic_api_key", { ANTHROPIC_API_KEY: "value-one" }, "env:ANTHROPIC_API_KEY"],
  ["anthropic-api.key", { ANTHROPIC_API_KEY: "value-one" }, "env:ANTHROPIC_API_KEY"],
  ["google_api_key", { GEMINI_API_KEY: "value-one" }, "env:GEMINI_API_KEY"],
  ["huggingface_token", { HF_TOKEN: "value-one" }, "env:HF_TOKEN"],
  ["path", { PATH: "/usr/bin" }, undefined],
  ["monkey", { MONKEY: "banana" }, undefined],
  ["home", { HOME: "/root" }, undefined],
  ["empty_api_key", { EMPTY_API_KEY: "" }, undefined],
])("%s of %o comes from %s", async (name, env, source) => {
  const { secrets } = await open(env);
  expect((await secrets.get(name))?.source).toBe(source);
});

test("this package's own key is never given out", async () => {
  const { secrets } = await open({ ACC_SECRETS_KEY: generateFernetKey() });
  expect(await secrets.get("acc_secrets_key")).toBeUndefined();
  expect(await secrets.get("any", { env: ["ACC_SECRETS_KEY"] })).toBeUndefined();
});

test("mapped names reach the variables that they name, and those alone", async () => {
  const env = { MY_LOGIN: "mapped-value", GROQ_API_KEY: "not-this-one" };
  const mapping = { "groq-api-key": ["MY_LOGIN"], login: ["MY_LOGIN"] };
  const { secrets } = await open(env, { mapping });
  expect((await secrets.get("groq_api_key"))?.source).toBe("env:MY_LOGIN");
  expect((await secrets.get("login"))?.source).toBe("env:MY_LOGIN");
  expect((await secrets.get("other", { env: ["GROQ_API_KEY"] }))?.source).toBe("env:GROQ_API_KEY");
});

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { createAwsStore } from "../../src/outside/aws.ts";
import { testSecretStore } from "../../src/testing.ts";
import { failsWith } from "../codes.ts";
import { clientOf, open, withKey } from "./aws-scene.ts";
import { awsServer } from "./aws-server.ts";

describe("AWS's real SDK, and a server by AWS's documents", async () => {
  let probed = false;
  await testSecretStore(test, async (secrets) => {
    if (!probed) {
      probed = true;
      return createAwsStore({ client: clientOf("http://127.0.0.1:9") });
    }
    const store = open(await awsServer());
    for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
    return store;
  });
});

test("other names, a field of JSON, and the stage before are read; whole secrets are written", async () => {
  const server = await awsServer();
  const put = (name: string, ...stages: [string, string][]) =>
    server.secrets.set(name, { stages: new Map(stages), deleted: false });
  put("prod/llm", ["AWSCURRENT", JSON.stringify({ groq: "groq-value-0001", port: 7 })]);
  put("prod/openai", ["AWSCURRENT", "openai-value-2"], ["AWSPREVIOUS", "openai-value-1"]);
  const names = {
    groq_api_key: { id: "prod/llm", field: "groq" },
    none_api_key: { id: "prod/llm", field: "none" },
    openai_api_key: "prod/openai",
    openai_old_key: { id: "prod/openai", stage: "AWSPREVIOUS" },
  };
  const store = open(server, { names, required: true });
  const value = async (name: string) => (await store.get(name))?.value;
  expect(await value("groq_api_key")).toBe("groq-value-0001");
  expect(await value("openai_api_key")).toBe("openai-value-2");
  expect(await value("openai_old_key")).toBe("openai-value-1");
  expect(await store.list()).toEqual(["groq_api_key", "openai_api_key", "openai_old_key"]);
  await store.set?.("openai_api_key", "openai-value-3", {});
  await store.refresh?.();
  expect(await value("openai_old_key")).toBe("openai-value-2");
  const write = async () => store.set?.("groq_api_key", "x-value-0001", {});
  await failsWith(write, "UNSUPPORTED_BY_FORMAT");
  const odd = open(server, { names: { port_key: { id: "prod/llm", field: "port" } } });
  await failsWith(() => odd.get("port_key"), "STORE_ANSWER_INVALID");
});

test("a secret that is marked to be deleted is none, and is restored by a new value", async () => {
  const server = await awsServer();
  const store = open(server, { required: true });
  await store.set?.("groq_api_key", "groq-value-0001", {});
  expect(await store.delete?.("groq_api_key")).toBe(true);
  expect(await store.get("groq_api_key")).toBeUndefined();
  await store.set?.("groq_api_key", "groq-value-0002", {});
  await store.refresh?.();
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0002");
  expect(server.secrets.get("acc/groq_api_key")?.deleted).toBe(false);
});

// aws/aws-secretsmanager-caching-python#33, external-secrets/external-secrets#3312.
test("a rotated value is found when it is due, and at once after refresh", async () => {
  const server = await awsServer();
  const clock = { time: 1_000_000 };
  const store = open(server, { now: () => clock.time, refreshAfter: 1_000, required: true });
  await store.set?.("groq_api_key", "groq-value-0001", {});
  const rotate = (value: string) =>
    server.secrets.get("acc/groq_api_key")?.stages.set("AWSCURRENT", value);
  rotate("groq-value-0002");
  clock.time += 1_000;
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0002");
  rotate("groq-value-0003");
  await store.refresh?.();
  expect((await store.get("groq_api_key"))?.value).toBe("groq-value-0003");
});

test("1,000 calls are one read", async () => {
  const { server, store } = await withKey();
  await using secrets = await openSecrets({ store, env: {} });
  for (let call = 0; call < 1_000; call += 1) await secrets.get("groq_api_key");
  expect(server.calls.map(({ action }) => action)).toEqual(["GetSecretValue"]);
});

test("check tells what AWS refuses, and a client that is none is refused", async () => {
  const server = await awsServer();
  await open(server).check?.();
  const message = "User: arn:aws:iam::1:user/x is not authorized";
  server.intercept = () => ({ status: 400, type: "AccessDeniedException", message });
  expect(await failsWith(() => open(server).check?.(), "STORE_REFUSED")).toContain(
    "not authorized",
  );
  await failsWith(() => createAwsStore({ client: {} as never }), "INVALID_OPTION");
  await failsWith(() => open(server, { prefix: "a b" }), "INVALID_OPTION");
});

test("a client that only reads says so of what it lacks", async () => {
  const server = await awsServer();
  const whole = clientOf(server.endpoint);
  const store = open(server, { client: { getSecretValue: whole.getSecretValue.bind(whole) } });
  expect(await store.get("groq_api_key")).toBeUndefined();
  for (const call of [async () => store.set?.("groq_api_key", "v", {}), () => store.list()]) {
    await failsWith(call, "UNSUPPORTED_BY_FORMAT");
  }
});

test("no secret stands in an address, a header, an error or a print", async () => {
  const canary = "sk-canary-Zq7w9x2k";
  const server = await awsServer();
  const store = open(server);
  await using secrets = await openSecrets({ store, env: {} });
  const kept = await secrets.set("canary_api_key", canary);
  server.intercept = () => ({
    status: 400,
    type: "InvalidParameterException",
    message: `no ${canary}`,
  });
  const failure = await secrets.set("canary_api_key", canary).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "STORE_REFUSED" });
  const prints = [inspect([failure, kept, store, secrets], { depth: 12, showHidden: true })];
  expect(prints.join("\n")).toContain("[redacted]");
  const sent = server.calls.map(({ open: seen }) => seen);
  expect([...prints, ...sent].join("\n")).not.toContain(canary);
});

import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { key, ownProvidersScene } from "./own-providers-scene.ts";

const scene = ownProvidersScene();
const { written, work, add } = scene;

describe("a server of one's own", () => {
  it("is added with a key of its own, asked, listed and removed", async () => {
    const added = await add(...work(), "--key", "work_api_key", "--header", "x-team: blue");
    expect([added.code, added.stdout]).toEqual([0, ""]);
    expect(added.stderr).toContain("acc secrets set work_api_key");
    await scene.home.acc(["secrets", "set", "work_api_key"], { stdin: key });
    const asked = await scene.home.acc(["chat", "-v", "-p", "work", "hi"]);
    expect([asked.code, asked.stdout]).toEqual([0, "Hello you\n"]);
    expect(asked.stderr).toContain("→ work sdk (store), m-1");
    expect(scene.server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${key}`,
      "x-team": "blue",
    });
    const { stdout } = await scene.home.acc(["providers", "list", "--json"]);
    expect(JSON.parse(stdout).providers).toContainEqual({
      ...{ name: "work", from: "settings", compatible: "openai", baseUrl: scene.server.url },
      ...{ key: "work_api_key", model: "m-1", headers: { "x-team": "[redacted]" } },
    });
    expect((await scene.home.acc(["providers", "remove", "work"])).code).toBe(0);
    const gone = await scene.home.acc(["chat", "-p", "work", "hi"]);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('no provider "work"')]);
  });

  // simonw/llm#1183: a gateway that wants a kept key in a header of its own.
  it("gets a kept key in the header that it wants", async () => {
    await add(...work(), "--key", "work_api_key", "--set", "keyHeader=x-api-key");
    const run = await scene.home.acc(["chat", "-p", "work", "hi"], { env: { WORK_API_KEY: key } });
    expect(run.code).toBe(0);
    const { authorization, "x-api-key": sent } = scene.server.requests[0]?.headers ?? {};
    expect([authorization, sent]).toEqual([undefined, key]);
  });

  it("needs no key where it names none, and is asked where nobody is named", async () => {
    expect((await add(...work())).code).toBe(0);
    const run = await scene.home.acc(["chat", "hi"]);
    expect([run.code, run.stdout]).toEqual([0, "Hello you\n"]);
    expect((await scene.home.acc(["chat", "hi", "--json"])).stdout).toContain('"cached":true');
    expect(
      JSON.parse((await scene.home.acc(["doctor", "--json"])).stdout).providers,
    ).toContainEqual(expect.objectContaining({ provider: "work", model: "m-1", keyless: ["sdk"] }));
    expect((await scene.home.acc([])).stdout).toContain("work is ready");
  });

  it("without a model says so, and its models are listed", async () => {
    await add("work", "--base-url", scene.server.url);
    const run = await scene.home.acc(["chat", "-p", "work", "hi"]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain("--model");
    expect((await scene.home.acc(["models", "-p", "work"])).stdout).toMatch(/^work +m-1 +its API/m);
    expect((await scene.home.acc(["chat", "-p", "work", "-m", "m-1", "hi"])).code).toBe(0);
  });

  it("has answers of its own where its address was another", async () => {
    await add(...work());
    await scene.home.acc(["chat", "-p", "work", "hi"]);
    const other = await startLoopbackServer(plays("groq", "Another"));
    try {
      await add("work", "--base-url", other.url, "--model", "m-1", "--replace");
      expect((await scene.home.acc(["chat", "-p", "work", "hi"])).stdout).toBe("Another\n");
    } finally {
      await other.close();
    }
  });

  it("has its key tested when it is rotated", async () => {
    await add(...work(), "--key", "work_api_key");
    await scene.home.acc(["secrets", "set", "work_api_key"], { stdin: "old-key-of-work" });
    const run = await scene.home.acc(["secrets", "rotate", "work_api_key"], { stdin: key });
    expect([run.code, run.stderr.includes("not tested")]).toEqual([0, false]);
    expect(scene.server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  });
});

describe("a preset", () => {
  it("is a provider by its name alone, and its settings are kept", async () => {
    expect((await scene.home.acc(["models", "-p", "ollama"])).code).toBe(0);
    await add("ollama", "--model", "m-1", "--base-url", scene.server.url);
    expect(await written()).toEqual({ ollama: { model: "m-1", baseUrl: scene.server.url } });
    expect((await scene.home.acc(["chat", "-p", "ollama", "hi"])).stdout).toBe("Hello you\n");
  });

  it("whose address is each customer's own says so, and asks nobody", async () => {
    const { code, stderr } = await scene.home.acc(["chat", "-p", "azure-openai", "hi"], {
      env: { AZURE_OPENAI_API_KEY: key },
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--base-url")]);
  });
});

describe("a variant of an existing provider", () => {
  it("has its own name, address, model, key and defaults", async () => {
    scene.server.answer = plays("groq", "Hello ", "you");
    const flags = [
      "--like",
      "groq",
      "--base-url",
      scene.server.url,
      "--model",
      "big-1",
      "--key",
      "my_key",
    ];
    await add("mine", ...flags, "--set", 'defaults={"temperature":0.25}');
    const env = { MY_KEY: key, GROQ_API_KEY: "another-key" };
    const { stdout } = await scene.home.acc(["chat", "--json", "-p", "mine", "hi"], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      provider: "mine",
      attempts: [{ provider: "mine", model: "big-1", credential: "env:MY_KEY" }],
    });
    const [{ headers, body } = { headers: {}, body: "{}" }] = scene.server.requests;
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.parse(body)).toMatchObject({ model: "big-1", temperature: 0.25 });
  });

  // vals-ai/finance-agent-v2#12: a default key that goes to a custom endpoint.
  it("says where the provider's own key goes", async () => {
    const run = await scene.home.acc(
      ["providers", "add", "mine", "--like", "groq", "--base-url", scene.server.url],
      { env: { GROQ_API_KEY: key } },
    );
    expect(run.stderr).toContain(`It sends the key groq_api_key to ${scene.server.url}.`);
  });

  it("is asked by nobody's key where a login alone may pay, by doctor and test neither", async () => {
    await add("mine", "--like", "claude", "--billing", "login", "--base-url", scene.server.url);
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const { stdout } = await scene.home.acc(["doctor", "--live", "--json"], { env });
    const { providers, live } = JSON.parse(stdout);
    expect(providers).toContainEqual(expect.objectContaining({ provider: "mine", keys: [] }));
    expect(live.map((route: { provider: string }) => route.provider)).toEqual(["claude"]);
    const run = await scene.home.acc(["providers", "test", "mine"], { env });
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("NOT_READY")]);
    expect(scene.server.requests).toEqual([]);
  });

  it("is chosen by a variable, and takes its turn in a chain", async () => {
    await add(...work());
    const env = { ACC_PROVIDER: "work" };
    expect((await scene.home.acc(["chat", "hi"], { env })).stdout).toBe("Hello you\n");
    const chain = { ACC_CHAIN: "groq,work" };
    const { stdout } = await scene.home.acc(["chat", "--no-cache", "--json", "hi"], { env: chain });
    expect(JSON.parse(stdout).provider).toBe("work");
    const wrong = await scene.home.acc(["chat", "hi"], { env: { ACC_PROVIDER: "wokr" } });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("ACC_PROVIDER")]);
  });

  it("may be acc's own provider with other settings", async () => {
    await add("groq", "--model", "other-1", "--base-url", scene.server.url);
    const env = { GROQ_API_KEY: key };
    await scene.home.acc(["chat", "-p", "groq", "hi"], { env });
    expect(JSON.parse(scene.server.requests[0]?.body ?? "{}").model).toBe("other-1");
  });
});

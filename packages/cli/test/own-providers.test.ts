import { lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json } from "../../../scripts/listing-cases.ts";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { type AccHome, emptyHome } from "./acc.ts";

let home: AccHome;
let server: LoopbackServer;
let config: string;
const key = "key-that-opens-nothing";

beforeEach(async () => {
  home = await emptyHome();
  server = await startLoopbackServer((response, request) =>
    request.path.endsWith("/models")
      ? json(JSON.stringify({ data: [{ id: "m-1" }] }))(response, request)
      : plays("groq", "Hello ", "you")(response, request),
  );
  config = join(home.path, ".config/acc/config.json");
});
afterEach(async () => {
  await server.close();
  await home.remove();
});

async function settings(text: string): Promise<void> {
  await mkdir(join(home.path, ".config/acc"), { recursive: true });
  await writeFile(config, text);
}

const written = async () => JSON.parse(await readFile(config, "utf8")).providers;
const work = () => ["work", "--base-url", server.url, "--model", "m-1"];
const add = (...args: string[]) => home.acc(["providers", "add", ...args]);

describe("a server of one's own", () => {
  it("is added with a key of its own, asked, listed and removed", async () => {
    const added = await add(...work(), "--key", "work_api_key", "--header", "x-team: blue");
    expect([added.code, added.stdout]).toEqual([0, ""]);
    expect(added.stderr).toContain("acc secrets set work_api_key");
    await home.acc(["secrets", "set", "work_api_key"], { stdin: key });
    const asked = await home.acc(["chat", "-v", "-p", "work", "hi"]);
    expect([asked.code, asked.stdout]).toEqual([0, "Hello you\n"]);
    expect(asked.stderr).toContain("→ work sdk (store), m-1");
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${key}`,
      "x-team": "blue",
    });
    const { stdout } = await home.acc(["providers", "list", "--json"]);
    expect(JSON.parse(stdout).providers).toContainEqual({
      ...{ name: "work", from: "settings", compatible: "openai", baseUrl: server.url },
      ...{ key: "work_api_key", model: "m-1", headers: { "x-team": "[redacted]" } },
    });
    expect((await home.acc(["providers", "remove", "work"])).code).toBe(0);
    const gone = await home.acc(["chat", "-p", "work", "hi"]);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('no provider "work"')]);
  });

  // simonw/llm#1183: a gateway that wants a kept key in a header of its own.
  it("gets a kept key in the header that it wants", async () => {
    await add(...work(), "--key", "work_api_key", "--set", "keyHeader=x-api-key");
    const run = await home.acc(["chat", "-p", "work", "hi"], { env: { WORK_API_KEY: key } });
    expect(run.code).toBe(0);
    const { authorization, "x-api-key": sent } = server.requests[0]?.headers ?? {};
    expect([authorization, sent]).toEqual([undefined, key]);
  });

  it("needs no key where it names none, and is asked where nobody is named", async () => {
    expect((await add(...work())).code).toBe(0);
    const run = await home.acc(["chat", "hi"]);
    expect([run.code, run.stdout]).toEqual([0, "Hello you\n"]);
    expect((await home.acc(["chat", "hi", "--json"])).stdout).toContain('"cached":true');
    expect(JSON.parse((await home.acc(["doctor", "--json"])).stdout).providers).toContainEqual(
      expect.objectContaining({ provider: "work", model: "m-1", keyless: ["sdk"] }),
    );
    expect((await home.acc([])).stdout).toContain("work is ready");
  });

  it("without a model says so, and its models are listed", async () => {
    await add("work", "--base-url", server.url);
    const run = await home.acc(["chat", "-p", "work", "hi"]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain("--model");
    expect((await home.acc(["models", "-p", "work"])).stdout).toMatch(/^work +m-1 +its API/m);
    expect((await home.acc(["chat", "-p", "work", "-m", "m-1", "hi"])).code).toBe(0);
  });

  it("has answers of its own where its address was another", async () => {
    await add(...work());
    await home.acc(["chat", "-p", "work", "hi"]);
    const other = await startLoopbackServer(plays("groq", "Another"));
    try {
      await add("work", "--base-url", other.url, "--model", "m-1", "--replace");
      expect((await home.acc(["chat", "-p", "work", "hi"])).stdout).toBe("Another\n");
    } finally {
      await other.close();
    }
  });

  it("has its key tested when it is rotated", async () => {
    await add(...work(), "--key", "work_api_key");
    await home.acc(["secrets", "set", "work_api_key"], { stdin: "old-key-of-work" });
    const run = await home.acc(["secrets", "rotate", "work_api_key"], { stdin: key });
    expect([run.code, run.stderr.includes("not tested")]).toEqual([0, false]);
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  });
});

describe("a preset", () => {
  it("is a provider by its name alone, and its settings are kept", async () => {
    expect((await home.acc(["models", "-p", "ollama"])).code).toBe(0);
    await add("ollama", "--model", "m-1", "--base-url", server.url);
    expect(await written()).toEqual({ ollama: { model: "m-1", baseUrl: server.url } });
    expect((await home.acc(["chat", "-p", "ollama", "hi"])).stdout).toBe("Hello you\n");
  });

  it("whose address is each customer's own says so, and asks nobody", async () => {
    const { code, stderr } = await home.acc(["chat", "-p", "azure-openai", "hi"], {
      env: { AZURE_OPENAI_API_KEY: key },
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--base-url")]);
  });
});

describe("another one like a provider", () => {
  it("has its own name, address, model, key and defaults", async () => {
    server.answer = plays("groq", "Hello ", "you");
    const flags = [
      "--like",
      "groq",
      "--base-url",
      server.url,
      "--model",
      "big-1",
      "--key",
      "my_key",
    ];
    await add("mine", ...flags, "--set", 'defaults={"temperature":0.25}');
    const env = { MY_KEY: key, GROQ_API_KEY: "another-key" };
    const { stdout } = await home.acc(["chat", "--json", "-p", "mine", "hi"], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      provider: "mine",
      attempts: [{ provider: "mine", model: "big-1", credential: "env:MY_KEY" }],
    });
    const [{ headers, body } = { headers: {}, body: "{}" }] = server.requests;
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.parse(body)).toMatchObject({ model: "big-1", temperature: 0.25 });
  });

  // vals-ai/finance-agent-v2#12: a default key that goes to a custom endpoint.
  it("says where the provider's own key goes", async () => {
    const run = await home.acc(
      ["providers", "add", "mine", "--like", "groq", "--base-url", server.url],
      { env: { GROQ_API_KEY: key } },
    );
    expect(run.stderr).toContain(`It sends the key groq_api_key to ${server.url}.`);
  });

  it("is asked by nobody's key where a login alone may pay, by doctor and test neither", async () => {
    await add("mine", "--like", "claude", "--billing", "login", "--base-url", server.url);
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const { stdout } = await home.acc(["doctor", "--live", "--json"], { env });
    const { providers, live } = JSON.parse(stdout);
    expect(providers).toContainEqual(expect.objectContaining({ provider: "mine", keys: [] }));
    expect(live.map((route: { provider: string }) => route.provider)).toEqual(["claude"]);
    const run = await home.acc(["providers", "test", "mine"], { env });
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("NOT_READY")]);
    expect(server.requests).toEqual([]);
  });

  it("is chosen by a variable, and takes its turn in a chain", async () => {
    await add(...work());
    const env = { ACC_PROVIDER: "work" };
    expect((await home.acc(["chat", "hi"], { env })).stdout).toBe("Hello you\n");
    const chain = { ACC_CHAIN: "groq,work" };
    const { stdout } = await home.acc(["chat", "--no-cache", "--json", "hi"], { env: chain });
    expect(JSON.parse(stdout).provider).toBe("work");
    const wrong = await home.acc(["chat", "hi"], { env: { ACC_PROVIDER: "wokr" } });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("ACC_PROVIDER")]);
  });

  it("may be acc's own provider with other settings", async () => {
    await add("groq", "--model", "other-1", "--base-url", server.url);
    const env = { GROQ_API_KEY: key };
    await home.acc(["chat", "-p", "groq", "hi"], { env });
    expect(JSON.parse(server.requests[0]?.body ?? "{}").model).toBe("other-1");
  });
});

describe("the config file", () => {
  it("keeps its comments, its rights and the link that it is", async () => {
    const real = join(home.path, "dotfiles.json");
    const text = '{\n  // mine\n  "model": "x", // and this\n}\n';
    await writeFile(real, text, { mode: 0o640 });
    await mkdir(join(home.path, ".config/acc"), { recursive: true });
    await symlink(real, config);
    expect((await add(...work())).code).toBe(0);
    expect((await lstat(config)).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    const after = await readFile(real, "utf8");
    expect(after).toContain("// mine");
    expect(after).toContain("// and this");
    expect((await home.acc(["providers", "remove", "work"])).code).toBe(0);
    expect(await readFile(real, "utf8")).toContain("// and this");
  });

  it.each([
    ['{ "providers": { "W": {} } }', /1:18: "W" must be lower-case/],
    ['{ "providers": [] }', /"providers" must be an object/],
    ['{ "providers": { "w": {} } }', /needs "compatible": "openai", or "like"/],
    ['{ "providers": { "w": { "compatible": "openai" } } }', /needs "baseUrl"/],
    ['{ "providers": { "w": { "compatible": "olama" } } }', /did you mean "ollama"\?/],
    ['{ "providers": { "w": { "like": "claud" } } }', /did you mean "claude"\?/],
    [
      '{ "providers": { "w": { "like": "claude", "modle": "x" } } }',
      /1:43: .*did you mean "model"\?/,
    ],
    ['{ "providers": { "w": { "like": "claude", "headers": {} } } }', /no member "headers"/],
    ['{ "providers": { "claude": { "like": "gemini" } } }', /give this one another/],
    ['{ "providers": { "w": { "like": "claude", "compatible": "openai" } } }', /has both/],
    ['{ "provider": "w" }', /"provider" must be one of claude/],
    [`{ "providers": { "w": { "like": "claude", "key": "sk-${"a1".repeat(9)}" } } }`, /and no key/],
    [`{ "providers": { "w": { "like": "claude", "key": "${"a1".repeat(16)}" } } }`, /and no key/],
    [
      '{ "providers": { "ollama": { "headers": { "Authorization": "Bearer x1y2" } } } }',
      /keyHeader/,
    ],
  ])("is refused with its place: %s", async (text, message) => {
    await settings(text);
    const { code, stdout, stderr } = await home.acc(["chat", "-p", "claude", "hi"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`${config}:1:`);
    expect(stderr).not.toMatch(/(a1){4}|x1y2/);
  });

  it("names its place where the core refuses an option", async () => {
    await settings('{ "providers": { "w": { "like": "claude", "timeout": "soon" } } }');
    const { code, stderr } = await home.acc(["chat", "-p", "w", "hi"]);
    expect(code).toBe(2);
    expect(stderr).toContain(`"providers.w" in ${config}: options.timeout must be`);
  });

  it("hides none of acc's own providers from doctor where it cannot be read", async () => {
    await settings('{ "providers": 1 }');
    const { code, stdout } = await home.acc(["doctor", "--json"], { env: { GROQ_API_KEY: key } });
    const { providers, findings } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(providers).toContainEqual(
      expect.objectContaining({ provider: "groq", keys: [{ source: "env:GROQ_API_KEY" }] }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ code: "INVALID_FILE" }));
  });
});

describe("acc providers", () => {
  it.each([
    [["w", "--base-url", "nonsense"], /must be an address/],
    [["w", "--base-url", "http://h/v1", "--key", "sk-proj-x"], /and no key/],
    [["w", "--like", "claude", "--set", "timeout=soon"], /options\.timeout/],
    [["w", "--like", "claude", "--set", "nonsense=1"], /no member "nonsense"/],
    [["w", "--like", "claude", "--set", "nonsense"], /--set/],
    [["w", "--base-url", "http://h/v1", "--header", "nonsense"], /--header/],
    [["W", "--like", "claude"], /lower-case/],
    [["w"], /needs "compatible": "openai", or "like"/],
  ])("add %j exits 2 and writes nothing", async (args, message) => {
    const { code, stderr } = await add(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    await expect(stat(config)).rejects.toThrow("ENOENT");
  });

  it("add writes over nothing without --replace", async () => {
    await add(...work());
    const again = await add("work", "--base-url", "http://127.0.0.1:9/v1");
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("--replace")]);
    expect((await written()).work.baseUrl).toBe(server.url);
  });

  it("remove refuses what the settings still name", async () => {
    await add(...work());
    await settings(
      JSON.stringify({ provider: "work", chain: ["work"], providers: await written() }),
    );
    const { code, stderr } = await home.acc(["providers", "remove", "work"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("by provider and chain")]);
  });

  it("test asks the server, and says what that took", async () => {
    await add(...work());
    const { code, stdout, stderr } = await home.acc(["providers", "test", "work"]);
    expect(stderr).toContain("they may cost something");
    expect(stdout).toMatch(/^(✓ sdk: .*\n){6}\nIt took 3 calls: \d+ tokens in, \d+ out/);
    expect(code).toBe(0);
    const asked = server.requests.filter(({ path }) => path.endsWith("/chat/completions"));
    expect(asked).toHaveLength(3);
  });

  it("test tells which rules do not hold, and ends with 1", async () => {
    server.answer = refuses("groq", 500, { message: `No: ${key}` });
    await add(...work(), "--key", "work_key");
    const env = { WORK_KEY: key };
    const { code, stdout } = await home.acc(["providers", "test", "work", "--json"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).rules).toContainEqual(
      expect.objectContaining({ held: false, reason: expect.stringContaining("No: [redacted]") }),
    );
    expect(stdout).not.toContain(key);
  });

  it("test asks nobody where no mode is open, or no model is named", async () => {
    await add("work", "--base-url", server.url);
    const model = await home.acc(["providers", "test", "work"]);
    expect([model.code, model.stderr]).toEqual([2, expect.stringContaining("--model")]);
    const closed = await home.acc(["providers", "test", "gemini"]);
    expect([closed.code, closed.stderr]).toEqual([1, expect.stringContaining("NOT_READY")]);
    expect(server.requests).toEqual([]);
  });
});

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import type { AccHome } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

let server: MockServer;
let home: AccHome;
const key = "test-key-that-opens-nothing";

eachTestAnew((given) => {
  ({ server, home } = given);
});

const claudeEnv = () => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url });

/** Once the vendor has got the call. */
async function whenAsked(vendor: MockServer): Promise<void> {
  while (vendor.requests().length === 0) await sleep(20);
}

/** The processes in whose environment this text is. */
async function processesWith(text: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
      return environment.includes(text) ? [id] : [];
    }),
  );
  return found.flat();
}

describe("acc chat", () => {
  it("asks the provider that has a mode and prints the answer", async () => {
    const { code, stdout, stderr } = await home.acc(["chat", "Explain", "decorators"], {
      env: claudeEnv(),
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^A decorator is .*\n$/);
    expect(JSON.stringify(server.requests())).toContain("Explain decorators");
  });

  it("reads the prompt from stdin, prints one JSON document, and the same again from the cache", async () => {
    const run = () =>
      home.acc(["chat", "--json", "-p", "claude"], { env: claudeEnv(), stdin: "from stdin\n" });
    const first = JSON.parse((await run()).stdout);
    expect(first).toMatchObject({ mode: "sdk", provider: "claude", cached: false });
    const again = JSON.parse((await run()).stdout);
    expect(again).toMatchObject({ cached: true, cid: first.cid, text: first.text });
    expect(server.requests()).toHaveLength(1);
  });

  it("asks the first provider that has the mode which was asked for", async () => {
    const env = { ...claudeEnv(), GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
    const { stdout, stderr } = await home.acc(["chat", "--json", "--only", "cli", "hi"], { env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ provider: "groq", mode: "cli" });
  });

  it("takes the model, the mode and no cache", async () => {
    const args = [
      "chat",
      "--json",
      "-p",
      "groq",
      "-m",
      "some-model",
      "--only",
      "cli",
      "--no-cache",
      "hi",
    ];
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
    const { stdout, stderr } = await home.acc(args, { env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ mode: "cli", model: "some-model" });
    expect(JSON.parse(stdout)).not.toHaveProperty("cid");
  });

  it("lists every route of every provider where nothing is open, and how to fix it", async () => {
    const { code, stdout, stderr } = await home.acc(["chat", "hi"]);
    expect([code, stdout]).toEqual([1, ""]);
    for (const word of [
      "npm install -g @anthropic-ai/claude-code",
      "npm install -g @google/gemini-cli",
      "Set ANTHROPIC_API_KEY, or run: acc secrets set anthropic_api_key",
      "acc secrets set google_api_key",
      "acc secrets set groq_api_key",
    ]) {
      expect(stderr).toContain(word);
    }
  });

  it("gives errors as JSON with --json", async () => {
    const { code, stdout, stderr } = await home.acc(["chat", "--json", "-p", "claude", "hi"]);
    expect([code, stdout]).toEqual([1, ""]);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe("MISSING_CREDENTIALS");
    expect(error.attempts.map((attempt: { code: string }) => attempt.code).sort()).toEqual([
      "CLI_NOT_FOUND",
      "MISSING_CREDENTIALS",
    ]);
  });

  it.each([
    [["chat", "-p", "clod", "hi"], /claude, gemini, groq, openai/],
    [["chat", "--only", "http", "hi"], /cli, sdk/],
    [["chat", "--nonsense", "hi"], /--nonsense/],
    [["chatter"], /chatter/],
    [["chat", ""], /must not be empty/],
  ])("exits 2 on %j", async (args, message) => {
    const { code, stdout, stderr } = await home.acc(args, { env: claudeEnv() });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(server.requests()).toEqual([]);
  });

  it("never shows a key that a vendor refused", async () => {
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const { code, stdout, stderr } = await home.acc(
      ["chat", "--only", "sdk", "-p", "claude", "hi"],
      { env },
    );
    expect(code).toBe(1);
    expect(stderr).toContain("NETWORK");
    expect(stdout + stderr).not.toContain(key);
  });

  it("attaches a PDF, and refuses what is none", async () => {
    const [pdf, fake, more] = ["Offer.PDF", "fake.pdf", "more.txt"].map((name) =>
      join(home.path, name),
    ) as [string, string, string];
    await writeFile(pdf, "%PDF-1.7");
    await writeFile(fake, "<html>");
    await writeFile(more, "of the file\n");
    const vendor = await startLoopbackServer(plays("claude", "Read."));
    const env = { ...claudeEnv(), ANTHROPIC_BASE_URL: vendor.url };
    const args = ["chat", "-p", "claude", "-f", pdf, "-f", more, "Compare."];
    expect(await home.acc(args, { env })).toEqual({ code: 0, stdout: "Read.\n", stderr: "" });
    const refused = await home.acc(["chat", "-p", "claude", "-f", fake, "Compare."], { env });
    await vendor.close();
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("fake.pdf is no PDF"),
    });
    expect(JSON.parse(vendor.requests[0]?.body ?? "").messages[0].content).toEqual([
      { type: "text", text: "Compare.\n\nof the file" },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERi0xLjc=" },
        title: "Offer.PDF",
      },
    ]);
    expect(vendor.requests).toHaveLength(1);
  });

  it("makes one prompt of words, a file and stdin, with a system text and an image", async () => {
    const file = join(home.path, "more.txt");
    const image = join(home.path, "dot.png");
    await writeFile(file, "of the file\n");
    await writeFile(image, Buffer.from("89504e470d0a1a0a", "hex"));
    const vendor = await startLoopbackServer(plays("claude", "Seen."));
    const flags = ["--system", "Be brief", "--file", file, "--image", image];
    const run = await home.acc(["chat", "-p", "claude", ...flags, "words"], {
      env: { ...claudeEnv(), ANTHROPIC_BASE_URL: vendor.url },
      stdin: "of stdin",
    });
    await vendor.close();
    expect(run).toEqual({ code: 0, stdout: "Seen.\n", stderr: "" });
    const sent = vendor.requests[0]?.body ?? "";
    expect(sent).toContain("words\\n\\nof the file\\n\\nof stdin");
    expect(sent).toContain("Be brief");
    expect(sent).toContain("iVBORw0KGgo=");
  });

  it("passes the temperature on, and says who cannot honour it", async () => {
    const env = { ...claudeEnv(), GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
    const ask = (name: string) => home.acc(["chat", "-p", name, "-t", "0.5", "hi"], { env });
    expect((await ask("groq")).code).toBe(0);
    expect(server.requests()[0]?.body).toMatchObject({ temperature: 0.5 });
    const { code, stderr } = await ask("claude");
    expect([code, stderr]).toEqual([1, expect.stringContaining("cannot honour temperature")]);
  });

  it("prints a line a part with --stream-json, and the reply last", async () => {
    const { code, stdout } = await home.acc(["chat", "--stream-json", "hi"], { env: claudeEnv() });
    const parts = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(parts.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["start", "text", "finish"]),
    );
    const text = parts.filter(({ type }) => type === "text").map((part) => part.text);
    expect(parts.at(-1)).toMatchObject({ type: "reply", reply: { text: text.join("") } });
  });

  it("goes on to the next of a chain, and shows the attempts with --verbose", async () => {
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
    const args = ["chat", "--verbose", "--json", "--provider", "claude,groq", "hi"];
    const { code, stdout, stderr } = await home.acc(args, { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ provider: "groq", fallback: true });
    expect(stderr).toMatch(/→ groq sdk \(env:GROQ_API_KEY\).*\n✓ groq sdk .* answered/);
    expect(stderr).not.toContain(key);
  });

  it("asks anew with --refresh, and finds the answer of before without a provider named", async () => {
    const run = async (...flags: string[]) =>
      JSON.parse((await home.acc(["chat", "--json", ...flags, "hi"], { env: claudeEnv() })).stdout);
    expect(await run()).toMatchObject({ cached: false });
    expect(await run()).toMatchObject({ cached: true });
    expect(await run("--refresh")).toMatchObject({ cached: false });
    expect(server.requests()).toHaveLength(2);
  });

  it("refuses an answer that does not fit the schema, and tells of a broken schema's place", async () => {
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object","required":["name"]}');
    const args = [
      "chat",
      "-p",
      "claude",
      "--only",
      "sdk",
      "--json",
      "--timeout",
      "15s",
      "--schema",
      schema,
      "hi",
    ];
    const unfit = await home.acc(args, { env: claudeEnv() });
    expect(unfit.code).toBe(1);
    expect(unfit.stderr).toContain("INVALID_OUTPUT");
    await writeFile(schema, '{\n  "type": object\n}');
    const broken = await home.acc(args, { env: claudeEnv() });
    expect(broken.code).toBe(2);
    expect(JSON.parse(broken.stderr).error).toMatchObject({ code: "INVALID_FILE" });
    expect(broken.stderr).toContain("schema.json:2:11");
  });

  it("prints an answer that fits the schema", async () => {
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object","required":["name"]}');
    const vendor = await startLoopbackServer(plays("groq", '{"name":"Goethe"}'));
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: vendor.url };
    const run = await home.acc(["chat", "-p", "groq", "--schema", schema, "Who?"], { env });
    await vendor.close();
    expect(run).toEqual({ code: 0, stdout: '{"name":"Goethe"}\n', stderr: "" });
    expect(JSON.parse(vendor.requests[0]?.body ?? "")).toHaveProperty("response_format");
  });

  it.each(["cli", "sdk"])("tries the %s first with --prefer and with ACC_PREFER", async (mode) => {
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
    const args = ["chat", "-p", "groq", "--json", "--no-cache"];
    const flag = await home.acc([...args, "--prefer", mode, "hi"], { env });
    expect(JSON.parse(flag.stdout)).toMatchObject({ mode, fallback: false });
    const variable = await home.acc([...args, "hi"], { env: { ...env, ACC_PREFER: mode } });
    expect(JSON.parse(variable.stdout)).toMatchObject({ mode, fallback: false });
  });

  it("goes along the chain of ACC_CHAIN, and of the file where no variable is", async () => {
    const config = join(home.path, "acc.json");
    await writeFile(config, '{ "chain": ["claude", "groq"] }');
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: server.url, ACC_CONFIG: config };
    const run = async (more: Record<string, string>) =>
      JSON.parse((await home.acc(["chat", "--json", "hi"], { env: { ...env, ...more } })).stdout);
    const tried = ({ attempts }: { attempts: { provider: string }[] }) => [
      ...new Set(attempts.map(({ provider }) => provider)),
    ];
    expect(tried(await run({ ACC_CACHE: "false" }))).toEqual(["claude", "groq"]);
    expect(tried(await run({ ACC_CACHE: "false", ACC_CHAIN: "gemini,groq" }))).toEqual([
      "gemini",
      "groq",
    ]);
    expect(tried(await run({ ACC_CACHE: "false", ACC_PROVIDER: "groq" }))).toEqual(["groq"]);
  });

  it.runIf(process.platform === "linux")(
    "ends with 130 on SIGINT in mid-answer of a CLI, and leaves no process",
    async () => {
      const slow = await startMockServer({ latency: 5000 });
      const env = { GROQ_API_KEY: key, GROQ_BASE_URL: slow.url };
      let running: Promise<readonly string[]> = Promise.resolve([]);
      const ended = home.acc(["chat", "-p", "groq", "--only", "cli", "hi"], {
        env,
        whenSpawned: (child) => {
          running = whenAsked(slow).then(() => processesWith(slow.url));
          void running.then(() => child.kill("SIGINT"));
        },
      });
      expect((await running).length).toBeGreaterThan(1);
      expect(await ended).toEqual({ code: 130, stdout: "", stderr: "" });
      expect(await processesWith(slow.url)).toEqual([]);
      await slow.close();
    },
  );

  it("ends with 130 on SIGINT, without a word", async () => {
    const slow = await startMockServer({ latency: 5000 });
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: slow.url };
    const run = await home.acc(["chat", "-p", "claude", "hi"], {
      env,
      whenSpawned: (child) => void whenAsked(slow).then(() => child.kill("SIGINT")),
    });
    await slow.close();
    expect(run).toEqual({ code: 130, stdout: "", stderr: "" });
  });

  it("takes its settings from the config file, and the environment before it", async () => {
    const config = join(home.path, "acc.json");
    await writeFile(config, '{ "provider": "claude", "model": "of-the-file", "cache": false }');
    const env = { ...claudeEnv(), ACC_CONFIG: config };
    const run = async (more: Record<string, string> = {}) =>
      JSON.parse((await home.acc(["chat", "--json", "hi"], { env: { ...env, ...more } })).stdout);
    expect(await run()).toMatchObject({ model: "of-the-file" });
    expect(await run()).toMatchObject({ cached: false });
    expect(await run({ ACC_MODEL: "of-the-variable" })).toMatchObject({ model: "of-the-variable" });
  });
});

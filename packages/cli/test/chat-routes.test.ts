import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home, claudeEnv } = eachTestAnew();

describe("the routes of acc chat", () => {
  it("asks the first provider that has the mode which was asked for", async () => {
    const env = { ...claudeEnv(), GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
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
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
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

  it("goes on to the next of a chain, and shows the attempts with --verbose", async () => {
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
    const args = ["chat", "--verbose", "--json", "--provider", "claude,groq", "hi"];
    const { code, stdout, stderr } = await home.acc(args, { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ provider: "groq", fallback: true });
    expect(stderr).toMatch(/→ groq sdk \(env:GROQ_API_KEY\).*\n✓ groq sdk .* answered/);
    expect(stderr).not.toContain(testKey);
  });

  it.each(["cli", "sdk"])("tries the %s first with --prefer and with ACC_PREFER", async (mode) => {
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
    const args = ["chat", "-p", "groq", "--json", "--no-cache"];
    const flag = await home.acc([...args, "--prefer", mode, "hi"], { env });
    expect(JSON.parse(flag.stdout)).toMatchObject({ mode, fallback: false });
    const variable = await home.acc([...args, "hi"], { env: { ...env, ACC_PREFER: mode } });
    expect(JSON.parse(variable.stdout)).toMatchObject({ mode, fallback: false });
  });

  it("goes along the chain of ACC_CHAIN, and of the file where no variable is", async () => {
    const config = join(home.path, "acc.json");
    await writeFile(config, '{ "chain": ["claude", "groq"] }');
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url, ACC_CONFIG: config };
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

import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { wrapLines } from "../src/doctor/wrap-lines.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const { server, home, claudeEnv } = eachTestAnew();

describe("acc doctor", () => {
  it("shows of a base URL neither the user nor the password nor the query", async () => {
    const { hostname, port } = new URL(server.url);
    const url = `http://user:canary-password@${hostname}:${port}/v?key=canary-query`;
    const { stdout } = await home.acc(["doctor", "--json"], {
      env: { ...claudeEnv(), ANTHROPIC_BASE_URL: url },
    });
    expect(stdout).not.toMatch(/canary/);
    expect(stdout).toContain(`http://${hostname}:${port}/v`);
  });

  it("shows each provider's modes and exits 1 where none can be used", async () => {
    const { code, stdout } = await home.acc(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/claude {2}not ready/);
    expect(stdout).toContain("The command claude was not found.");
    expect(stdout).toContain("Set GROQ_API_KEY");
  });

  it("tells the key's source and the base URL's, as JSON too, and not the key", async () => {
    const { code, stdout } = await home.acc(["doctor", "--json"], { env: claudeEnv() });
    expect(code).toBe(0);
    expect(stdout).not.toContain(testKey);
    const claude = JSON.parse(stdout).providers[0];
    expect(claude).toMatchObject({
      provider: "claude",
      keys: [{ source: "env:ANTHROPIC_API_KEY" }],
      baseUrl: { url: server.url, source: "env:ANTHROPIC_BASE_URL" },
      sdk: { available: true },
      cli: { available: false, code: "CLI_NOT_FOUND" },
    });
  });

  it("tells which CLI can have a process wait for a call, since when, and what that takes", async () => {
    const { stdout } = await home.acc(["doctor"]);
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /acc-groq\S*, \S+ acc chat -i, serve and batch keep one standby process: 12 MB, with a key in it/,
    );
    const told = JSON.parse((await home.acc(["doctor", "--json"])).stdout).providers;
    const waits = told.map((each: Record<string, unknown>) => [each.provider, each.waits]);
    expect(Object.fromEntries(waits)).toEqual({ groq: { megabytes: 12 } });
  });

  it("makes one real call by each route with --live, and only then", async () => {
    expect((await home.acc(["doctor", "--json"], { env: claudeEnv() })).code).toBe(0);
    expect(server.requests()).toEqual([]);
    const { stdout } = await home.acc(["doctor", "--live", "--json"], { env: claudeEnv() });
    expect(JSON.parse(stdout).live).toMatchObject([
      { provider: "claude", mode: "sdk", credential: "env:ANTHROPIC_API_KEY" },
    ]);
    expect(server.requests()).toHaveLength(1);
    const refused = { ...claudeEnv(), ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const failed = await home.acc(["doctor", "--live", "--json"], { env: refused });
    expect(JSON.parse(failed.stdout).live).toMatchObject([{ code: "NETWORK" }]);
  });

  it("finds a cache that others can read, and one that is none", async () => {
    const cache = join(home.path, ".cache", "acc");
    await mkdir(cache, { recursive: true });
    await chmod(cache, 0o755);
    const open = JSON.parse((await home.acc(["doctor", "--json"])).stdout);
    expect(open.cache).toMatchObject({ path: cache, permissions: "755", healthy: false });
    expect(open.findings).toMatchObject([
      { code: "CACHE_READABLE", fix: `Run: chmod 700 ${cache}` },
    ]);
    await chmod(cache, 0o700);
    expect(JSON.parse((await home.acc(["doctor", "--json"])).stdout).findings).toEqual([]);
    const file = join(home.path, "a-file");
    await writeFile(file, "");
    const env = { ACC_CACHE_DIR: join(file, "cache") };
    expect(JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout).cache).toMatchObject({
      exists: false,
    });
    const none = JSON.parse(
      (await home.acc(["doctor", "--json"], { env: { ACC_CACHE_DIR: file } })).stdout,
    );
    expect(none.cache).toMatchObject({ healthy: false });
    expect(none.findings.map(({ code }: { code: string }) => code)).toContain("CACHE_UNAVAILABLE");
  });

  it("finds a damaged store, a bad config file and stray variables, each with a fix", async () => {
    const folder = join(home.path, ".config", "acc");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, "acc-secrets.json"), "{", { mode: 0o600 });
    await writeFile(join(folder, "config.json"), '{ "modell": "x" }');
    const env = { ...claudeEnv(), ANTHROPIC_AUTH_TOKEN: "x-stray-token-x" };
    const { code, stdout } = await home.acc(["doctor", "--json"], { env });
    expect(code).toBe(1);
    const { findings, secrets, config } = JSON.parse(stdout);
    expect(secrets).toMatchObject({ exists: true, permissions: "600", healthy: false });
    expect(config).toMatchObject({ healthy: false });
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual([
      "STORE_DAMAGED",
      "INVALID_FILE",
      "VARIABLE_IGNORED",
    ]);
    for (const { fix } of findings) expect(fix).toMatch(/\w/);
    expect(stdout).not.toContain("x-stray-token-x");
    expect(stdout).not.toMatch(/recover\(|reset\(/);
  });

  it("says where a config file is nested without end, and ends", async () => {
    const folder = join(home.path, ".config", "acc");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, "config.json"), `{ "model": ${"[".repeat(200_000)}`);
    const { code, stdout } = await home.acc(["doctor", "--json"], { env: claudeEnv() });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { code: "INVALID_FILE", what: expect.stringMatching(/config\.json:1:\d+: nested deeper/) },
    ]);
  });

  it("reports the other providers where one has a fault, and the fault as a finding", async () => {
    const env = { ...claudeEnv(), GROQ_BASE_URL: "notaurl" };
    const { code, stdout } = await home.acc(["doctor", "--json"], { env });
    const { providers, findings } = JSON.parse(stdout);
    const fault = {
      code: "INVALID_REQUEST",
      what: "The variable GROQ_BASE_URL holds no http or https URL.",
      fix: expect.stringContaining("Set GROQ_BASE_URL"),
    };
    expect(code).toBe(0);
    expect(providers).toMatchObject([
      { provider: "claude", keys: [{ source: "env:ANTHROPIC_API_KEY" }] },
      { provider: "gemini" },
      { provider: "groq", keys: [], fault },
      { provider: "openai" },
    ]);
    expect(findings).toEqual([fault]);
    const text = await home.acc(["doctor"], { env: { GROQ_BASE_URL: "notaurl" } });
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(
      /groq {2}not ready[\s\S]*to fix\n {2}INVALID_REQUEST .*\n {4}→ Set/,
    );
    expect(text.stdout.match(/GROQ_BASE_URL holds/g)).toHaveLength(1);
  });

  it.each([
    ["garbage", "INVALID_KEY"],
    [Buffer.alloc(32).toString("base64url").concat("="), "WRONG_KEY"],
  ])("calls no mode usable by a key that no call uses: ACC_SECRETS_KEY=%s", async (other, code) => {
    await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
    const env = { ...claudeEnv(), ACC_SECRETS_KEY: other };
    expect((await home.acc(["chat", "--provider", "claude", "hi"], { env })).code).toBe(1);
    const text = await home.acc(["doctor"], { env });
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/^claude {2}not ready[\s\S]*so ANTHROPIC_API_KEY is not used\n/);
    const json = await home.acc(["doctor", "--json"], { env });
    const { providers, findings } = JSON.parse(json.stdout);
    expect([json.code, providers[0].keys]).toEqual([1, []]);
    expect(findings).toMatchObject([
      {
        code,
        fix: expect.stringContaining("no key is used, not even one of the environment"),
      },
    ]);
    const bare = await home.acc([], { env });
    expect(bare.stdout).toMatch(/must be fixed first.*\n\n {2}acc doctor/);
    expect(json.stdout + text.stdout + bare.stdout).not.toContain(testKey);
  });

  it("finds that the store is gone, for then no call uses a key", async () => {
    await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
    await rm(join(home.path, ".config", "acc", "acc-secrets.json"));
    const { code, stdout } = await home.acc(["doctor", "--json"], { env: claudeEnv() });
    const { secrets, findings } = JSON.parse(stdout);
    expect([code, secrets]).toEqual([1, expect.objectContaining({ healthy: false })]);
    expect(findings).toMatchObject([
      { code: "STORE_MISSING", fix: expect.stringMatching(/acc secrets recover$/) },
    ]);
  });

  it("exits 1 where a variable of acc is wrong, as every chat exits 2", async () => {
    const env = { ...claudeEnv(), ACC_PROVIDER: "nobody" };
    expect((await home.acc(["chat", "hi"], { env })).code).toBe(2);
    const { code, stdout } = await home.acc(["doctor", "--json"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([{ code: "INVALID_SETTING" }]);
  });

  it("tells the fix of each live call that failed, and exits 1 where none answered", async () => {
    const refused = { type: "authentication_error", message: `no such key: ${testKey}` };
    const vendor = await startLoopbackServer(refuses("claude", 401, refused));
    try {
      const env = { ...claudeEnv(), ANTHROPIC_BASE_URL: vendor.url };
      const text = await home.acc(["doctor", "--live"], { env });
      expect(text.code).toBe(1);
      expect(text.stdout).toMatch(/claude sdk .* AUTHENTICATION_FAILED: .* ms\n {4}→ \w/);
      const json = await home.acc(["doctor", "--live", "--json"], { env });
      const { live, findings } = JSON.parse(json.stdout);
      expect([json.code, live]).toEqual([1, [expect.objectContaining({ provider: "claude" })]]);
      expect(findings).toEqual([
        {
          code: "AUTHENTICATION_FAILED",
          what: expect.stringMatching(/^claude sdk \(env:ANTHROPIC_API_KEY\): \w/),
          fix: live[0].fix,
        },
      ]);
      expect(findings[0].fix).toMatch(/\w/);
      expect(text.stdout + json.stdout).not.toContain(testKey);
      const both = { ...env, GROQ_API_KEY: `${testKey}-2`, GROQ_BASE_URL: server.url };
      const some = await home.acc(["doctor", "--live", "--json"], { env: both });
      expect(some.code).toBe(0);
      expect(JSON.parse(some.stdout).findings).toMatchObject([{ code: "AUTHENTICATION_FAILED" }]);
    } finally {
      await vendor.close();
    }
  });

  it("breaks a line at its spaces, sets in what goes on, and leaves a long word whole", () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    expect(wrapLines(`  one ${red("two")} three\n/a/path/that/is/long end`, 9)).toBe(
      `  one ${red("two")}\n    three\n/a/path/that/is/long\n  end`,
    );
    expect(wrapLines("  key  none", Number.POSITIVE_INFINITY)).toBe("  key  none");
  });

  it.runIf(canDriveTerminal)("cuts no word on a narrow terminal", async () => {
    const env = { HOME: home.path, GROQ_BASE_URL: "notaurl" };
    const screen = new Terminal(accLine("doctor", env), 40);
    try {
      expect(await screen.see(/\[exit 1\]/)).toMatch(
        /\n {4}→ Set GROQ_BASE_URL to an http or\n {6}https URL, or unset it\.\n/,
      );
    } finally {
      await screen.close();
    }
  });
});

import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";

let server: MockServer;
let home: AccHome;
const key = "test-key-that-opens-nothing";

beforeAll(async () => {
  server = await startMockServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await emptyHome();
  server.forget();
});
afterEach(() => home.remove());

const claudeEnv = () => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url });

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

  it("shows each provider's doors and exits 1 where none is open", async () => {
    const { code, stdout } = await home.acc(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/claude {2}closed/);
    expect(stdout).toContain("The command claude was not found.");
    expect(stdout).toContain("Set GROQ_API_KEY");
  });

  it("tells the key's source and the base URL's, as JSON too, and not the key", async () => {
    const { code, stdout } = await home.acc(["doctor", "--json"], { env: claudeEnv() });
    expect(code).toBe(0);
    expect(stdout).not.toContain(key);
    const claude = JSON.parse(stdout).providers[0];
    expect(claude).toMatchObject({
      provider: "claude",
      keys: [{ source: "env:ANTHROPIC_API_KEY" }],
      baseUrl: { url: server.url, source: "env:ANTHROPIC_BASE_URL" },
      sdk: { available: true },
      cli: { available: false, code: "CLI_NOT_FOUND" },
    });
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
    expect(code).toBe(0);
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
  });
});

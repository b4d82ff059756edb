import { readdir, readFile, stat } from "node:fs/promises";
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

describe("acc chat", () => {
  it("asks the provider with an open door and prints the answer", async () => {
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

  it("takes the model, the mode and no cache", async () => {
    const args = [
      "chat",
      "--json",
      "-p",
      "groq",
      "-m",
      "some-model",
      "--mode",
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

  it("lists every route of every provider where nothing is open, and how to mend it", async () => {
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
    expect(error.code).toBe("ALL_ROUTES_FAILED");
    expect(error.attempts.map((attempt: { code: string }) => attempt.code).sort()).toEqual([
      "CLI_NOT_FOUND",
      "MISSING_CREDENTIALS",
    ]);
  });

  it.each([
    [["chat", "-p", "clod", "hi"], /claude, gemini, groq/],
    [["chat", "--mode", "door", "hi"], /cli, sdk/],
    [["chat", "--nonsense", "hi"], /--nonsense/],
    [["chatter"], /chatter/],
    [["chat", ""], /must not be empty/],
    [[], /command is missing/],
  ])("exits 2 on %j", async (args, message) => {
    const { code, stdout, stderr } = await home.acc(args, { env: claudeEnv() });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(server.requests()).toEqual([]);
  });

  it("never shows a key that a vendor refused", async () => {
    const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const { code, stdout, stderr } = await home.acc(
      ["chat", "--mode", "sdk", "-p", "claude", "hi"],
      { env },
    );
    expect(code).toBe(1);
    expect(stderr).toContain("NETWORK");
    expect(stdout + stderr).not.toContain(key);
  });
});

describe("acc doctor", () => {
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
});

describe("acc secrets", () => {
  it("keeps a key from stdin in a 0600 file that does not show it, and uses it", async () => {
    const set = await home.acc(["secrets", "set", "anthropic_api_key"], { stdin: `${key}\n` });
    expect([set.code, set.stdout]).toEqual([0, ""]);
    expect((await home.acc(["secrets", "list"])).stdout).toBe("anthropic_api_key\n");
    const files = (await readdir(home.path, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, "latin1")).not.toContain(key);
    }
    const env = { ANTHROPIC_BASE_URL: server.url };
    const { stdout } = await home.acc(["chat", "--json", "hi"], { env });
    expect(JSON.parse(stdout).attempts).toMatchObject([{ credential: "store" }]);
    expect((await home.acc(["secrets", "delete", "anthropic_api_key"])).code).toBe(0);
    expect((await home.acc(["secrets", "list"])).stdout).toBe("");
  });
});

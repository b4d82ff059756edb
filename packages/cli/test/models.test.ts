import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../scripts/loopback-server.ts";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { json } from "../../../test/played/listing-cases.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();
let server: LoopbackServer;

beforeEach(async () => {
  server = await startLoopbackServer(json(""));
});
afterEach(async () => {
  await server.close();
});

/** The lines of a table, a cell each. */
function cells(stdout: string): readonly (readonly string[])[] {
  return stdout
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(/ {2,}/));
}

describe("acc models", () => {
  it("says without keys that each list is the package's own, and why", async () => {
    const { code, stdout, stderr } = await home.acc(["models"]);
    expect(code).toBe(0);
    const rows = cells(stdout);
    for (const provider of ["claude", "gemini", "groq"]) {
      const own = rows.filter(([name]) => name === provider);
      expect(own.length).toBeGreaterThan(1);
      expect(own.every(([, , source]) => source === "this package")).toBe(true);
      expect(own.filter(([, , , note]) => note === "default")).toHaveLength(1);
      expect(stderr).toMatch(
        new RegExp(`acc: ${provider}: the list is this package's own.*MISSING_CREDENTIALS`),
      );
    }
    expect(stderr).toContain("→ Set GROQ_API_KEY, or run: acc secrets set groq_api_key");
  });

  it("lists what the key can use, one request, and marks default and configured", async () => {
    server.answer = json(JSON.stringify({ data: [{ id: "mine-1" }, { id: "mine-2" }] }));
    const env = {
      ...{ GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url },
      ...{ ACC_PROVIDER: "groq", ACC_MODEL: "mine-2" },
    };
    const text = await home.acc(["models", "--provider", "groq"], { env });
    expect([text.code, text.stderr]).toEqual([0, ""]);
    expect(cells(text.stdout)).toEqual([
      ["groq", "openai/gpt-oss-120b", "not listed", "default"],
      ["groq", "mine-1", "its API"],
      ["groq", "mine-2", "its API", "configured"],
    ]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /openai/v1/models",
    ]);
    const { stdout } = await home.acc(["models", "-p", "groq", "--json"], { env });
    expect(JSON.parse(stdout)).toEqual({
      models: [
        {
          provider: "groq",
          default: "openai/gpt-oss-120b",
          configured: "mine-2",
          known: expect.arrayContaining(["openai/gpt-oss-120b"]),
          usable: { models: ["mine-1", "mine-2"], mode: "sdk", credential: "env:GROQ_API_KEY" },
        },
      ],
    });
    expect(stdout).not.toContain(testKey);
  });

  it("uses the key of the store", async () => {
    await home.acc(["secrets", "set", "anthropic_api_key"], { stdin: testKey });
    server.answer = json(JSON.stringify({ data: [{ id: "mine" }] }));
    const env = { ANTHROPIC_BASE_URL: server.url };
    const { stdout } = await home.acc(["models", "-p", "claude", "--json"], { env });
    expect(JSON.parse(stdout).models[0].usable).toMatchObject({
      models: ["mine"],
      credential: "store",
    });
  });

  const slow: Answer = () => {};
  it.each([
    [
      "a refused key",
      refuses("groq", 401, { message: `Invalid: ${testKey}` }),
      "AUTHENTICATION_FAILED",
    ],
    ["a limit", refuses("groq", 429, { message: "Slow down." }), "RATE_LIMITED"],
    ["a server that lists none", refuses("groq", 404, { message: "No." }), "UNSUPPORTED_FEATURE"],
    ["no network", ((response) => void response.destroy()) as Answer, "NETWORK"],
  ])("gives the package's list with a code after %s", async (_, answer, code) => {
    server.answer = answer;
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
    const told = await home.acc(["models", "-p", "groq", "--json"], { env });
    const [{ known, usable, error }] = JSON.parse(told.stdout).models;
    expect([told.code, usable, error.code]).toEqual([0, undefined, code]);
    expect(known).toContain("openai/gpt-oss-120b");
    const text = await home.acc(["models", "-p", "groq"], { env });
    expect(text.stderr).toContain(`(${code})`);
    expect(told.stdout + text.stdout + text.stderr).not.toContain(testKey);
  });

  it("exits 2 for a provider that is not there, and for a setting that is wrong", async () => {
    const { code, stdout, stderr } = await home.acc(["models", "--provider", "grok"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("claude, gemini, groq");
    const config = join(home.path, "config.json");
    await writeFile(config, "{ nonsense");
    expect((await home.acc(["models"], { env: { ACC_CONFIG: config } })).code).toBe(2);
  });

  it("ends with 130 on Ctrl-C while the vendor says nothing", async () => {
    server.answer = slow;
    const { code, stdout } = await home.acc(["models", "-p", "groq"], {
      env: { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url },
      whenSpawned: async (child) => {
        await vi.waitFor(() => expect(server.requests).toHaveLength(1), 10_000);
        child.kill("SIGINT");
      },
    });
    expect([code, stdout]).toEqual([130, ""]);
  });
});

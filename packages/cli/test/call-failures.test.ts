import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { homeAnew } from "./home-anew.ts";

let server: LoopbackServer;
const home = homeAnew();

beforeAll(async () => {
  server = await startLoopbackServer(() => {});
});
afterAll(() => server.close());

const env = () => ({ ANTHROPIC_API_KEY: "dummy-key-of-claude", ANTHROPIC_BASE_URL: server.url });

function refuses(status: number, message: string, headers: Record<string, string> = {}): void {
  server.answer = (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ type: "error", error: { type: "error", message } }));
  };
}

describe("what acc says of a call that failed", () => {
  it("is the vendor's refusal, with what to do and the id that its support asks for", async () => {
    refuses(401, "invalid x-api-key", { "request-id": "req_of_the_refusal" });
    const { code, stdout, stderr } = await home.acc(["chat", "-p", "claude", "hi"], { env: env() });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "acc: Claude's API refused (401): invalid x-api-key (AUTHENTICATION_FAILED)",
      "Check the key: https://console.anthropic.com/settings/keys",
      "Request id: req_of_the_refusal",
    ]);
  });

  it("says when to try again, where the limit outlasts the call", async () => {
    refuses(429, "slow down", { "retry-after": "700" });
    const args = ["chat", "-p", "claude", "--timeout", "5s", "hi"];
    const { code, stderr } = await home.acc(args, { env: env() });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^acc: Claude's API refused \(429\): slow down \(RATE_LIMITED\)\n/);
    expect(stderr).toMatch(/Try again in 11 min \d+ s\.\n$/);
  });

  it("lists routes that failed in different ways, each once and with its fix", async () => {
    refuses(401, "invalid x-api-key");
    const { code, stderr } = await home.acc(["chat", "-p", "claude,groq", "--only", "sdk", "hi"], {
      env: { ...env(), GROQ_API_KEY: "dummy-key-of-groq", GROQ_BASE_URL: "http://127.0.0.1:1" },
    });
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "acc: No provider answered. (ALL_ROUTES_FAILED)",
      expect.stringMatching(/^ {2}claude sdk with env:ANTHROPIC_API_KEY: AUTHENTICATION_FAILED\. /),
      "    → Check the key: https://console.anthropic.com/settings/keys",
      expect.stringMatching(/^ {2}groq sdk with env:GROQ_API_KEY: NETWORK \(3 times\)\. /),
      expect.stringMatching(/^ {4}→ .*http:\/\/127\.0\.0\.1:1/),
      "Fix one of the routes listed.",
    ]);
  });

  it("says what a bare machine needs, and no fix twice", async () => {
    const { code, stderr } = await home.acc(["chat", "-p", "claude", "hi"]);
    expect(code).toBe(1);
    expect(stderr.match(/Set ANTHROPIC_API_KEY/g)).toHaveLength(1);
    expect(stderr).toContain("→ npm install -g @anthropic-ai/claude-code");
  });

  it("is with --json the same as data", async () => {
    refuses(529, "Overloaded", { "request-id": "req_of_the_overload" });
    const { code, stderr } = await home.acc(["chat", "--json", "-p", "claude", "hi"], {
      env: env(),
    });
    expect(code).toBe(1);
    const { error } = JSON.parse(stderr);
    expect(error).toMatchObject({
      code: "OVERLOADED",
      retryable: true,
      status: 529,
      requestId: "req_of_the_overload",
    });
    expect(error.attempts.filter(({ ms }: { ms: number }) => ms > 0)).toHaveLength(3);
  });
});

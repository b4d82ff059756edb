import { describe, expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home, claudeEnv } = eachTestAnew();

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
    const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
    const { code, stdout, stderr } = await home.acc(
      ["chat", "--only", "sdk", "-p", "claude", "hi"],
      { env },
    );
    expect(code).toBe(1);
    expect(stderr).toContain("NETWORK");
    expect(stdout + stderr).not.toContain(testKey);
  });

  it("passes the temperature on, and says who cannot honour it", async () => {
    const env = { ...claudeEnv(), GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url };
    const ask = (name: string) => home.acc(["chat", "-p", name, "-t", "0.5", "hi"], { env });
    expect((await ask("groq")).code).toBe(0);
    expect(server.requests()[0]?.body).toMatchObject({ temperature: 0.5 });
    const { code, stderr } = await ask("claude");
    expect([code, stderr]).toEqual([1, expect.stringContaining("does not support temperature")]);
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

  it("asks anew with --refresh, and finds the answer of before without a provider named", async () => {
    const run = async (...flags: string[]) =>
      JSON.parse((await home.acc(["chat", "--json", ...flags, "hi"], { env: claudeEnv() })).stdout);
    expect(await run()).toMatchObject({ cached: false });
    expect(await run()).toMatchObject({ cached: true });
    expect(await run("--refresh")).toMatchObject({ cached: false });
    expect(server.requests()).toHaveLength(2);
  });
});

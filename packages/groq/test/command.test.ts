import { describe, expect, it } from "vitest";
import type { LoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { stalls } from "../../../test/played/failure-cases.ts";
import { commandScene, key } from "./command-scene.ts";

const { start, acc, serve } = commandScene();

const bodyOf = ({ requests }: LoopbackServer) => JSON.parse(requests[0]?.body ?? "");

describe("acc-groq answers", () => {
  it("a prompt with text", async () => {
    const { requests } = await serve(plays("groq", "Hello", " world"));
    const { stdout, stderr, exit } = await acc(["--model", "openai/gpt-oss-20b"], "Say hello");
    expect({ stdout, stderr, exit }).toEqual({ stdout: "Hello world\n", stderr: "", exit: 0 });
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({
      model: "openai/gpt-oss-20b",
      messages: [{ role: "user", content: "Say hello" }],
    });
  });

  it("a request with one document", async () => {
    const played = await serve(plays("groq", "Hello"));
    const content = [{ type: "text", text: "Say hello" }];
    const request = {
      messages: [{ role: "user", content }],
      system: "Be brief.",
      temperature: 0.1,
    };
    const args = ["--input", "json", "--output", "json"];
    const { stdout, exit } = await acc(args, JSON.stringify(request));
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      id: "chatcmpl_1",
      model: "played",
      text: "Hello",
      toolCalls: [],
      usage: { inputTokens: 11, outputTokens: 7 },
      finishReason: "stop",
      vendorReason: "stop",
      sources: [],
    });
    expect(bodyOf(played)).toMatchObject({ model: "openai/gpt-oss-120b", temperature: 0.1 });
  });

  it("with a line for each part", async () => {
    await serve(plays("groq", "Hello", " world"));
    const { stdout } = await acc(["--output", "stream-json"], "Say hello");
    const types = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).type);
    expect(types).toEqual(["start", "text", "text", "usage", "finish"]);
  });
});

describe("acc-groq fails", () => {
  it.each([
    [401, "AUTHENTICATION_FAILED", 11],
    [429, "RATE_LIMITED", 12],
    [404, "WRONG_ADDRESS", 25],
    [503, "OVERLOADED", 15],
  ])("after HTTP %i with %s and exit %i", async (status, code, exitCode) => {
    await serve(refuses("groq", status, { message: "no" }, { "retry-after": "7" }));
    const { stdout, exit } = await acc(["--output", "stream-json"], "Say hello");
    expect(exit).toBe(exitCode);
    expect(JSON.parse(stdout)).toMatchObject({
      type: "error",
      error: { code, status, retryAfter: 7000 },
    });
  });

  it("in words on stderr where text was asked for", async () => {
    await serve(refuses("groq", 401, { message: "Invalid API Key" }));
    const { stdout, stderr } = await acc([], "Say hello");
    expect(stdout).toBe("");
    expect(stderr).toContain("AUTHENTICATION_FAILED: Groq's API refused (401): Invalid API Key");
    expect(stderr).not.toContain(key);
  });

  it("without a key", async () => {
    const { stdout, exit } = await acc(["--output", "json"], "Say hello", {});
    expect(exit).toBe(10);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "MISSING_CREDENTIALS" } });
  });

  it.each([
    ["an empty prompt", [], " \n"],
    ["what is not JSON", ["--input", "json"], "{"],
    ["no messages", ["--input", "json"], "{}"],
    [
      "a member that is not known",
      ["--input", "json"],
      '{"messages":[{"role":"user","content":[]}],"top_k":1}',
    ],
    [
      "a level that there is not",
      ["--input", "json"],
      '{"messages":[{"role":"user","content":[]}],"reasoning":"lots"}',
    ],
    ["a member of the wrong kind", ["--input", "json"], '{"messages":"hello"}'],
  ])("at %s", async (_, args, stdin) => {
    const { stderr, exit } = await acc(args, stdin);
    expect(exit).toBe(20);
    expect(stderr).toContain("INVALID_REQUEST");
  });

  it("at what Groq cannot honour, and sends nothing", async () => {
    const stdin = '{"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"topK":1}';
    const { stderr, exit } = await acc(["--input", "json"], stdin);
    expect(exit).toBe(23);
    expect(stderr).toContain("UNSUPPORTED_FEATURE: acc-groq does not support topK.");
  });

  it.each([
    [["a prompt"], "stdin"],
    [["--output", "xml"], "--output is one of text, json, stream-json"],
    [["--key", "x"], "--key"],
  ])("at the arguments %j with exit 2", async (args, said) => {
    const { stderr, exit } = await acc(args, "");
    expect(exit).toBe(2);
    expect(stderr).toContain(said);
  });
});

it("ends by the signal that it is sent", async () => {
  await serve(stalls("groq"));
  const child = start([]);
  child.stdin.end("Say hello");
  child.stdout.once("data", () => child.kill("SIGTERM"));
  const ended = await new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  expect(ended).toBe("SIGTERM");
});

it("tells its version and its use", async () => {
  expect((await acc(["--version"], "")).stdout).toMatch(/^\d+\.\d+\.\d+/);
  const { stdout, exit } = await acc(["--help"], "");
  expect(exit).toBe(0);
  expect(stdout).toContain("--output");
});

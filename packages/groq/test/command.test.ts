import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stalls } from "../../../scripts/failure-cases.ts";
import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../scripts/loopback-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";

const command = fileURLToPath(new URL("../dist/acc-groq.js", import.meta.url));
const key = "dummy-key-0123456789";
let home = "";
let server: LoopbackServer | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "acc-groq-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(home, { recursive: true, force: true });
});

function start(args: readonly string[], env: Record<string, string> = { GROQ_API_KEY: key }) {
  return spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH, HOME: home, GROQ_BASE_URL: server?.url ?? "", ...env },
  });
}

async function acc(args: readonly string[], stdin: string, env?: Record<string, string>) {
  const child = start(args, env);
  child.stdin.end(stdin);
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, exit: await exit };
}

async function serve(answer: Answer): Promise<LoopbackServer> {
  server = await startLoopbackServer(answer);
  return server;
}

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
    ["what is no JSON", ["--input", "json"], "{"],
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
    expect(stderr).toContain("UNSUPPORTED_FEATURE: acc-groq cannot honour topK.");
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

describe("acc-groq --hold", () => {
  const args = ["--hold", "--model", "openai/gpt-oss-20b", "--input", "json"];
  const content = [{ type: "text", text: "Say hello" }];

  it("answers a request that comes long after its start, and asked nobody before", async () => {
    const { requests } = await serve(plays("groq", "Hello"));
    const child = start(args);
    const said = text(child.stdout);
    await delay(1_000);
    expect(requests).toEqual([]);
    expect(child.exitCode).toBeNull();
    child.stdin.end(JSON.stringify({ messages: [{ role: "user", content }] }));
    expect(await said).toBe("Hello\n");
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ model: "openai/gpt-oss-20b" });
  });

  it.each(["", '{"messages":[{"role":"user","content":[{"type":"text","text":"Say'])(
    "asks nobody where its stdin ends with %j",
    async (stdin) => {
      const { requests } = await serve(plays("groq", "Hello"));
      const { stdout, stderr, exit } = await acc(args, stdin);
      expect({ stdout, exit }).toEqual({ stdout: "", exit: 20 });
      expect(stderr).toContain("INVALID_REQUEST");
      expect(requests).toEqual([]);
    },
  );
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

describe("acc-groq steers no terminal", () => {
  it("with a vendor's words on stderr", async () => {
    await serve(refuses("groq", 400, { message: "a\u001b]0;title\u0007b\u009b31m" }));
    const { stderr } = await acc([], "hi");
    expect(stderr).toContain("a\\x1b]0;title\\x07b\\x9b31m");
  });

  it("with the JSON of an answer, which says the same", async () => {
    await serve(plays("groq", "a\u001bb\u009bc\u007f"));
    const { stdout } = await acc(["--output", "json"], "hi");
    expect(stdout.trim()).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(stdout).text).toBe("a\u001bb\u009bc\u007f");
  });
});

// patchy631/graph-agent#41, getsentry/cli#250, kunchenguid/axi#193
describe("acc-groq, whose output nobody takes,", () => {
  const pieces = Array.from({ length: 2_000 }, (_, index) => `word ${index} `.repeat(20));

  async function shell(line: string) {
    const { url } = await serve(plays("groq", ...pieces));
    const env = { PATH: process.env.PATH, HOME: home, GROQ_API_KEY: key, GROQ_BASE_URL: url };
    const acc = `echo hi | "${process.execPath}" "${command}"`;
    const child = spawn("bash", ["-c", `set -o pipefail; ${acc} ${line}`], { env });
    const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stderr] = await Promise.all([text(child.stderr), text(child.stdout)]);
    return { stderr, exit: await exit };
  }

  it.each(["| head -c 10", "--output json | true", "--output stream-json | head -1"])(
    "ends without a word: %s",
    async (line) => {
      expect(await shell(line)).toEqual({ stderr: "", exit: 0 });
    },
  );

  it("says in one line that the disk is full", async () => {
    const { stderr, exit } = await shell("> /dev/full");
    expect(stderr).toBe("acc-groq: The output cannot be written: ENOSPC. (OUTPUT_FAILED)\n");
    expect(exit).toBe(1);
  });

  it("ends with closed streams as with empty ones", async () => {
    expect((await shell(">&-")).stderr).toBe("");
    expect((await shell("<&-")).stderr).toMatch(/^acc-groq: INVALID_REQUEST: Nothing came/);
  });
});

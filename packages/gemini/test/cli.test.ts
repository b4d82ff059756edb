import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dummyKey, outcomeOf, runContext } from "../../../scripts/run-context.ts";
import { cli } from "../src/cli/mode.ts";

const command = fileURLToPath(new URL("fixtures/gemini.mjs", import.meta.url));
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-gemini-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request: CanonicalRequest = {
  model: "gemini-2.5-flash",
  system: "Be brief.",
  messages: [{ role: "user", content: [{ type: "text", text: "/help" }] }],
};

interface Play {
  readonly lines?: readonly (object | string)[];
  readonly exit?: number;
  readonly stderr?: string;
  readonly report?: string;
  readonly stays?: boolean;
  readonly asked?: CanonicalRequest;
}

async function play(given: Play) {
  const { lines = answer, exit = 0, stderr, report, stays, asked = request } = given;
  const record = join(folder, "record.json");
  const cliEnv = {
    PLAY_LINES: JSON.stringify(lines),
    PLAY_RECORD: record,
    PLAY_EXIT: String(exit),
    ...(stderr !== undefined && { PLAY_STDERR: stderr }),
    ...(report !== undefined && { PLAY_REPORT: report }),
    ...(stays && { PLAY_STAYS: "true" }),
  };
  const context = runContext("http://127.0.0.1:9", { command, cliEnv });
  const outcome = await outcomeOf(cli.run(asked, context));
  return { ...outcome, given: () => JSON.parse(readFileSync(record, "utf8")) };
}

describe("an answer", () => {
  it("comes as parts in their order, without the prompt that the CLI repeats", async () => {
    const { parts, error } = await play({});
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: "start", model: "gemini-2.5-flash" },
      { type: "text", text: "Hello" },
      { type: "text", text: " world" },
      { type: "usage", usage: { inputTokens: 11, outputTokens: 7, cacheReadTokens: 0 } },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("is none without the terminal event, as after SIGTERM, which ends with exit 0", async () => {
    const { error } = await play({ lines: answer.slice(0, -1) });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("does not start before the API has said something", async () => {
    const { parts } = await play({ lines: answer.slice(0, 2) });
    expect(parts).toEqual([]);
  });

  it.each([
    [7, "length"],
    [100, "stop"],
  ])("of 7 tokens, bounded to %i, ends by %s", async (maxOutputTokens, reason) => {
    const { parts } = await play({ asked: { ...request, maxOutputTokens } });
    expect(parts.at(-1)).toEqual({ type: "finish", reason });
  });
});

describe("why an answer ended", () => {
  const report = (...reasons: string[]) =>
    JSON.stringify({ model: "x", finish_reasons: reasons, total: 0 }, null, 2);

  it.each([
    ["length", report("stop", "length")],
    ["content-filter", report("content_filter")],
    ["stop", report("stop")],
    ["stop", "nothing of it"],
  ])("is told as %s by the CLI's own report", async (reason, said) => {
    const { parts } = await play({ report: said });
    expect(parts.at(-1)).toEqual({ type: "finish", reason });
  });

  it("is the bound where nothing but thoughts fitted into it", async () => {
    const message = "Model response was truncated because it exceeded the token limit.";
    const told = { type: "error", severity: "error", message };
    const { parts } = await play({ lines: [answer[0] ?? "", told, ...answer.slice(-1)] });
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "length" });
  });
});

describe("a run that goes wrong at its end", () => {
  it("stays, and its answer is kept", async () => {
    const { parts, error } = await play({ stays: true });
    expect(error).toBeUndefined();
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop" });
  });

  it("tells its result twice, and the first one counts", async () => {
    const again = { type: "result", status: "error", error: { message: "no" } };
    expect((await play({ lines: [...answer, again] })).error).toBeUndefined();
  });
});

describe("what is of another form", () => {
  it.each<[string, object | string]>([
    ["a message that is a number", { type: "message", role: "assistant", content: 5 }],
    ["a message that is null", { type: "message", role: "assistant", content: null }],
    ["a message that is a list", { type: "message", role: "assistant", content: ["x"] }],
    ["a line that is cut", '{"type":"message","role":"assi'],
  ])("%s makes the answer none", async (_, line) => {
    const { error } = await play({ lines: [...answer.slice(0, 3), line, ...answer.slice(3)] });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each([
    { stats: null },
    { stats: { input_tokens: "5", output_tokens: -1, cached: {} } },
    { stats: [] },
  ])("a result with %j does no harm", async (members) => {
    const lines = [...answer.slice(0, -1), { type: "result", status: "success", ...members }];
    const { parts, error } = await play({ lines });
    expect(error).toBeUndefined();
    expect(parts.at(-2)).toEqual({ type: "usage", usage: {} });
  });

  it.each([{ message: 5 }, { message: null }, []])("an error of %j has a code", async (said) => {
    const lines = [{ type: "result", status: "error", error: said }];
    expect((await play({ lines, exit: 145 })).error).toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
  });
});

describe("the run", () => {
  it("takes nothing out of the answer, and writes its report into its own folder alone", async () => {
    const { args, settings, env } = (await play({})).given();
    expect(args).toContain("--raw-output");
    expect(settings.telemetry).toMatchObject({ target: "local", logPrompts: false });
    expect(settings.telemetry.outfile.startsWith(dirname(env.GEMINI_CLI_HOME))).toBe(true);
  });

  it("has the prompt on stdin, behind a newline, and the key in its variable alone", async () => {
    const { given } = await play({});
    const { args, stdin, env } = given();
    expect(stdin).toBe("\n/help");
    expect(JSON.stringify(args)).not.toContain(dummyKey);
    expect(env).toMatchObject({
      GEMINI_API_KEY: dummyKey,
      GOOGLE_GEMINI_BASE_URL: "http://127.0.0.1:9",
      GEMINI_CLI_NO_RELAUNCH: "true",
    });
  });

  it("has settings without tools or retries, and the request's parameters", async () => {
    const asked = { ...request, temperature: 0.2, maxOutputTokens: 99, schema: { type: "object" } };
    const { given } = await play({ asked });
    const { settings, system } = given();
    expect(system).toBe("Be brief.");
    expect(settings).toMatchObject({
      tools: { core: [] },
      general: { maxAttempts: 1, retryFetchErrors: false },
      modelConfigs: {
        overrides: [
          {
            match: { model: "gemini-2.5-flash" },
            modelConfig: {
              generateContentConfig: {
                temperature: 0.2,
                maxOutputTokens: 99,
                responseMimeType: "application/json",
                responseJsonSchema: { type: "object" },
              },
            },
          },
        ],
      },
    });
  });

  it("gives earlier turns as a session, each in its role", async () => {
    const asked: CanonicalRequest = {
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: [{ type: "text", text: "No." }] },
        { role: "user", content: [{ type: "text", text: "Go on" }] },
      ],
    };
    const { given } = await play({ asked });
    const { stdin, session } = given();
    expect(stdin).toBe("\nGo on");
    expect(session.messages).toMatchObject([
      { type: "user", content: [{ text: "/help" }] },
      { type: "gemini", content: [{ text: "No." }] },
    ]);
  });

  it("gives a prompt on stdin, however long it is, and no session where nothing came before", async () => {
    const text = "x".repeat(400_000);
    const asked = { ...request, messages: [{ role: "user", content: [{ type: "text", text }] }] };
    const { given } = await play({ asked: asked as CanonicalRequest });
    const { stdin, session } = given();
    expect(stdin).toBe(`\n${text}`);
    expect(session).toBeUndefined();
  });

  it("has no system prompt of the CLI's own where none was asked for", async () => {
    const { system: _, ...asked } = request;
    const { given } = await play({ asked });
    expect(given().system).toBe("Answer the user.");
  });

  it.each([
    [
      "a prompt that the CLI would swallow",
      "user",
      "x".repeat(8 * 1024 * 1024),
      "UNSUPPORTED_FEATURE",
    ],
    ["the assistant's words last", "assistant", "Well,", "INVALID_REQUEST"],
  ])("is not begun with %s", async (_, role, text, code) => {
    const messages = [{ role, content: [{ type: "text", text }] }];
    const { error } = await play({ asked: { ...request, messages } as CanonicalRequest });
    expect(error).toMatchObject({ code });
  });
});

describe("a failure", () => {
  const keyError =
    '{"error":{"code":400,"message":"API key not valid.","details":[{"reason":"API_KEY_INVALID"}]}}';

  it.each([
    [144, `[API Error: ${keyError}]`, "AUTHENTICATION_FAILED", 400],
    [144, '[API Error: {"error":{"message":"Bad argument"}}]', "INVALID_REQUEST", 400],
    [144, "[API Error: input token count (9) exceeds the maximum]", "CONTEXT_TOO_LONG", 400],
    [145, "[API Error: no]", "AUTHENTICATION_FAILED", 401],
    [147, "[API Error: no]", "AUTHENTICATION_FAILED", 403],
    [157, "[API Error: too large]", "CONTEXT_TOO_LONG", 413],
    [173, "[API Error: You have exhausted your daily quota]", "QUOTA_EXHAUSTED", 429],
    [244, "[API Error: internal]", "SERVER_ERROR", 500],
    [247, "[API Error: overloaded]", "OVERLOADED", 503],
    [1, "[API Error: models/x is not found]", "MODEL_NOT_FOUND", 404],
    [1, "[API Error: terminated]", "NETWORK", undefined],
    [1, "[API Error: Incomplete JSON segment at the end]", "INVALID_OUTPUT", undefined],
    [1, "[API Error: something new]", "CLI_CRASHED", undefined],
    [53, "Reached max session turns for this session.", "INVALID_OUTPUT", undefined],
  ])("with exit %i, told as %j, is %s", async (exit, message, code, status) => {
    const lines = [{ type: "result", status: "error", error: { message } }];
    const { error } = await play({ lines, exit });
    expect(error).toMatchObject({ code, status });
  });

  // google-gemini/gemini-cli#26840
  it.each([
    [
      1,
      "TerminalQuotaError: You have exhausted your daily quota on this model.",
      "QUOTA_EXHAUSTED",
    ],
    [
      173,
      '[API Error: {"error":{"code":429,"message":"Resource has been exhausted"}}]',
      "RATE_LIMITED",
    ],
    [1, "Error: socket hang up\n    at TLSSocket.onclose (node:_tls_wrap:1:1)", "CLI_CRASHED"],
  ])("with exit %i, told on stderr alone as %j, is %s", async (exit, stderr, code) => {
    const { error } = await play({ lines: answer.slice(0, 1), exit, stderr });
    expect(error).toMatchObject({ code });
  });

  // google-gemini/gemini-cli#13004, which it ends with exit 1 too
  it("of a used up capacity may say when it is there again", async () => {
    const message =
      "You have exhausted your capacity on this model. Your quota will reset after 2h15m3s.";
    const lines = [{ type: "result", status: "error", error: { message } }];
    const { error } = await play({ lines, exit: 1 });
    expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfter: 8_103_000 });
  });

  it("may say when to ask again", async () => {
    const message = "[API Error: Quota exceeded\nSuggested retry after 34s.]\nPlease wait";
    const lines = [{ type: "result", status: "error", error: { message } }];
    const { error } = await play({ lines, exit: 173 });
    expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfter: 34_000 });
  });

  it.each([
    ["before a word", answer.slice(0, 1), "INVALID_OUTPUT"],
    ["in mid-answer", answer.slice(0, 3), "NETWORK"],
  ])("that ends with exit 0 %s is told", async (_, before, code) => {
    const message = "Model stream ended without a finish reason.";
    const lines = [...before, { type: "error", severity: "error", message }, failed];
    const { error } = await play({ lines });
    expect(error).toMatchObject({ code });
  });

  it("of the filter ends the answer with that reason", async () => {
    const message = "The model response was blocked due to safety settings.";
    const lines = [...answer.slice(0, 1), { type: "error", severity: "error", message }, failed];
    const { parts, error } = await play({ lines });
    expect(error).toBeUndefined();
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "content-filter" });
  });

  it.each([
    [1, "Unknown arguments: session-file", "CLI_TOO_OLD"],
    [41, "Please set an Auth method", "MISSING_CREDENTIALS"],
    [7, "Segmentation fault", "CLI_CRASHED"],
  ])("without a word on stdout (%i, %j) is %s", async (exit, stderr, code) => {
    const { error } = await play({ lines: [], exit, stderr });
    expect(error).toMatchObject({ code });
  });
});

const failed = { type: "result", status: "error", stats: {} };
const answer = [
  { type: "init", session_id: "s", model: "gemini-2.5-flash" },
  { type: "message", role: "user", content: "\n/help" },
  { type: "message", role: "assistant", content: "Hello", delta: true },
  { type: "message", role: "assistant", content: " world", delta: true },
  {
    type: "result",
    status: "success",
    stats: { total_tokens: 18, input_tokens: 11, output_tokens: 7, cached: 0 },
  },
];

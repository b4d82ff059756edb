import { describe, expect, it } from "vitest";
import { answer, cliScene } from "./cli-run-scene.ts";

const { play } = cliScene();

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

import { describe, expect, it } from "vitest";
import { cliScene, result } from "./cli-run-scene.ts";

const { play } = cliScene();

describe("a failure", () => {
  it.each([
    ["Not logged in · Please run /login", null, undefined, "CLI_NOT_LOGGED_IN"],
    [
      "Invalid API key · Fix external API key",
      401,
      "authentication_failed",
      "AUTHENTICATION_FAILED",
    ],
    ["Failed to authenticate. API Error: 403 no", undefined, undefined, "AUTHENTICATION_FAILED"],
    ["API Error: 401 no · Please run /login", undefined, undefined, "AUTHENTICATION_FAILED"],
    ["API Error: terminated", undefined, undefined, "NETWORK"],
    ["There's an issue with the selected model", 404, "model_not_found", "MODEL_NOT_FOUND"],
    ["Request rejected (429)", 429, "rate_limit", "RATE_LIMITED"],
    ["Claude AI usage limit reached|1795361578", 429, "rate_limit", "QUOTA_EXHAUSTED"],
    ["API Error: 529 Overloaded", 529, "server_error", "OVERLOADED"],
    ["API Error: 529 Overloaded", undefined, "server_error", "OVERLOADED"],
    ["API Error: 500 Internal", 500, "server_error", "SERVER_ERROR"],
    ["Prompt is too long", 400, "invalid_request", "CONTEXT_TOO_LONG"],
    ["Request too large (max 32MB)", 413, "invalid_request", "CONTEXT_TOO_LONG"],
    ["Credit balance is too low", 400, "billing_error", "QUOTA_EXHAUSTED"],
    ["API Error: Connection dropped (ECONNRESET)", null, "server_error", "NETWORK"],
    ["Request timed out", null, "server_error", "TIMEOUT"],
    ["Something new", null, undefined, "SERVER_ERROR"],
  ])("told as %j (%s, %s) is %s", async (said, api_error_status, kind, code) => {
    const lines = [
      { type: "assistant", error: kind, message: { model: "<synthetic>" } },
      { ...result, is_error: true, result: said, api_error_status },
    ];
    const { error } = await play({ lines, exit: 1 });
    expect(error).toMatchObject({ code });
  });

  it("of a plan's limit has the time of its reset where the CLI tells it", async () => {
    const resetsAt = Math.ceil(Date.now() / 1000) + 3_600;
    const lines = [
      { type: "rate_limit_event", rate_limit_info: { status: "rejected", resetsAt } },
      { ...result, is_error: true, result: "You've hit your limit" },
    ];
    const { error } = await play({ lines, exit: 1 });
    expect(error).toMatchObject({ code: "QUOTA_EXHAUSTED" });
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(3_500_000);
    expect((error as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(3_601_000);
  });

  // openclaw/openclaw#6795, KeygraphHQ/shannon#4
  it("that is told as a success is told as the limit that it is", async () => {
    const said = "You've hit your session limit · resets 3pm (Europe/Berlin)";
    const message = { model: "<synthetic>", content: [{ type: "text", text: said }] };
    const none = { input_tokens: 0, output_tokens: 0 };
    for (const error of [undefined, "rate_limit"]) {
      const lines = [
        { type: "assistant", error, message },
        { ...result, result: said, usage: none },
      ];
      expect((await play({ lines })).error).toMatchObject({ code: "QUOTA_EXHAUSTED" });
    }
    const lines = [
      { type: "assistant", message },
      { ...result, result: "Something new", usage: none },
    ];
    expect((await play({ lines })).error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  // anthropics/claude-code#81937, #28827, #33811
  it.each([
    ["OAuth token has expired. Please run /login · API Error: 401", 401],
    ["Failed to authenticate. API Error: 401 OAuth access token has been revoked.", 401],
    ["API Error: 401 OAuth token has expired. Please obtain a new token", undefined],
    ["Failed to authenticate: OAuth session expired and could not be refreshed", undefined],
  ])("of a login that is over is told as one: %s (%s)", async (said, api_error_status) => {
    const lines = [{ ...result, is_error: true, result: said, api_error_status }];
    const context = { credential: { kind: "login", source: "login" } } as const;
    const { error } = await play({ lines, exit: 1, context });
    expect(error).toMatchObject({ code: "CLI_NOT_LOGGED_IN", fix: "claude auth login" });
  });

  it("of a login that is over may be told on stderr alone", async () => {
    const context = { credential: { kind: "login", source: "login" } } as const;
    const stderr = "OAuth token has expired. Please run /login";
    const { error } = await play({ lines: [], exit: 1, stderr, context });
    expect(error).toMatchObject({ code: "CLI_NOT_LOGGED_IN", fix: "claude auth login" });
  });

  it("of an option that it does not know is an old version", async () => {
    const { error } = await play({ lines: [], exit: 1, stderr: "error: unknown option '--bare'" });
    expect(error).toMatchObject({ code: "CLI_TOO_OLD", fix: "claude update" });
  });

  it("without a word is a crash", async () => {
    const { error } = await play({ lines: [], exit: 1, stderr: "Segmentation fault" });
    expect(error).toMatchObject({ code: "CLI_CRASHED" });
  });
});

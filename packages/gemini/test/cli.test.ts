import { describe, expect, it } from "vitest";
import { answer, cliScene, request } from "./cli-run-scene.ts";

const { play } = cliScene();

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

import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, call, done, ends, event } from "./chat-scene.ts";

describe("a refusal that is answered with 200", () => {
  const minimax = (status_code: number, status_msg: string) => ({
    choices: null,
    base_resp: { status_code, status_msg },
  });

  it.each([
    ["QwenLM/qwen-code#8322", minimax(1008, "insufficient balance"), "QUOTA_EXHAUSTED"],
    ["QwenLM/qwen-code#8322", minimax(1004, "login fail: carry the key"), "AUTHENTICATION_FAILED"],
    ["QwenLM/qwen-code#8322", minimax(1002, "rate limit"), "RATE_LIMITED"],
    ["decolua/9router#2727", { choices: null, message: "ResourceExhausted" }, "SERVER_ERROR"],
    [
      "maximhq/bifrost#5963",
      { status: "449", msg: "current rate limit", body: null },
      "RATE_LIMITED",
    ],
    ["maximhq/bifrost#5963", { error_code: 336_100, error_msg: "try later" }, "SERVER_ERROR"],
    ["maximhq/bifrost#5963", { header: { code: 10_013, message: "not now" } }, "SERVER_ERROR"],
    ["maximhq/bifrost#5963", { errors: [{ code: 7, message: "not now" }] }, "SERVER_ERROR"],
  ])("%s: %j is an error", async (_, body, code) => {
    await expect(answerOf(JSON.stringify(body))).rejects.toMatchObject({ code });
    await expect(answerOf(event(body), done)).rejects.toMatchObject({ code });
  });

  it.each([
    minimax(0, ""),
    minimax(0, "success"),
    { choices: [], message: "", errors: [], header: { code: 0 } },
  ])("%j in a good answer is none", async (body) => {
    expect(await answerOf(hi, stop, event(body), done)).toMatchObject({ text: "Hi" });
  });
});

// coddy-project/coddy-agent#106, ggml-org/llama.cpp#16109
it("an error in a field of its own is one", async () => {
  const told = { code: 400, message: "the request exceeds the available context size" };
  await expect(answerOf(`error: ${JSON.stringify(told)}\n\n`, done)).rejects.toMatchObject({
    code: "CONTEXT_TOO_LONG",
  });
  expect(await answerOf("error: none\n\n", hi, stop, done)).toMatchObject({ text: "Hi" });
});

// open-octo/octo-agent#647; mozilla-ai/any-llm#1202 for Gemini's own words
it.each([
  ["tool_call", "tool-calls"],
  ["unknown", "tool-calls"],
  ["MAX_TOKENS", "length"],
  ["RECITATION", "content-filter"],
  ["PROHIBITED_CONTENT", "content-filter"],
  ["refusal", "content-filter"],
])("calls that end with %s end with %s", async (said, reason) => {
  const pieces = [call({ id: "a", function: { name: "f", arguments: "{}" } }), ends(said), done];
  expect(await answerOf(...pieces)).toMatchObject({ reason, calls: [["a", "f", {}]] });
});

import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, done, ends, event, partsOf } from "./chat-scene.ts";

describe("a connection that stays open behind the end", () => {
  const open = (...pieces: readonly string[]) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(pieces.join(""))),
    });

  it.each([
    ["behind [DONE]", [hi, stop, done], 1_500],
    ["behind the reason", [hi, stop], 8_000],
  ])("%s costs no answer", async (_, pieces, ms) => {
    const { readServerSentEvents } = await import("../../src/http/server-sent-events.ts");
    const { toChatParts } = await import("../../src/kit/chat-parts.ts");
    const { chatServer } = await import("../../src/kit/chat-server.ts");
    const started = performance.now();
    const types: string[] = [];
    const parts = toChatParts(readServerSentEvents(open(...pieces)), chatServer);
    for await (const { type } of parts) types.push(type);
    expect(types).toEqual(["start", "text", "finish"]);
    expect(performance.now() - started).toBeLessThan(ms);
  });
});

describe("an answer that its server gave up", () => {
  it.each([
    ["network_error", "promptfoo#9905"],
    ["insufficient_system_resource", "DeepSeek's reference"],
    ["abort", "vLLM"],
    ["function_call_filter: MALFORMED_FUNCTION_CALL", "hermes-agent#83882"],
  ])("with the reason %s (%s) is INVALID_OUTPUT", async (reason) => {
    await expect(answerOf(hi, ends(reason), done)).rejects.toMatchObject({
      code: "INVALID_OUTPUT",
    });
  });

  it.each([
    [{ detail: "Internal server error" }, "SERVER_ERROR"],
    [{ message: "upstream timed out", code: 504 }, "SERVER_ERROR"],
  ])("with the words %j alone, without an error, fails (9router#3051)", async (told, code) => {
    await expect(answerOf(hi, event(told), done)).rejects.toMatchObject({ code });
  });

  it("in the middle of an event before its end is INVALID_OUTPUT", async () => {
    await expect(answerOf(hi, 'data: {"choices":[')).rejects.toMatchObject({
      code: "INVALID_OUTPUT",
    });
  });
});

// vllm-project/vllm#45807, agentgateway/agentgateway#3283
it.each([
  ["vLLM", { stop_reason: "END" }, { stopSequence: "END" }],
  ["SGLang", { matched_stop: "END" }, { stopSequence: "END" }],
  ["either, a token", { stop_reason: 151_645, matched_stop: 151_645 }, {}],
  ["either, none", { stop_reason: null, matched_stop: null }, {}],
])("says which stop sequence ended it, as %s tells", async (_, told, expected) => {
  const end = event({ model: "m", choices: [{ delta: {}, finish_reason: "stop", ...told }] });
  const parts = await partsOf(hi, end, done);
  expect(parts.at(-1)).toEqual({
    type: "finish",
    reason: "stop",
    vendorReason: "stop",
    ...expected,
  });
});

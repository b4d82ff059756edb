import { describe, expect, it } from "vitest";
import { answerOf, calls, ends, event, partsOf, says, sent, stop } from "./played-chunks.ts";

const hi = says("Hi");

describe("chunks of Gemini's API", () => {
  it.each([
    ["with the reason in one of its own", [hi, stop]],
    ["with the reason beside the text", [says("Hi", { finishReason: "STOP" })]],
    ["with STOP twice", [hi, stop, stop]],
    [
      "with an empty reason",
      [says("Hi", { finishReason: "" }), ends("FINISH_REASON_UNSPECIFIED"), stop],
    ],
    [
      "with comments right before data (pi#9633, python-genai#487)",
      [`: heartbeat\r\n${hi}`, `: heartbeat\n${stop}`],
    ],
    ["with keep-alives as data", ["data: : keepalive\n\n", hi, "data:\n\n", stop]],
    [
      "with empty candidates",
      [event({ candidates: [], modelVersion: "gemini-x" }), hi, sent({ content: {} }), stop],
    ],
    [
      "with null for what is not there",
      [sent({ content: null, finishReason: null }), sent({ content: { parts: null } }), hi, stop],
    ],
    ["with an error that is null", [says("Hi"), ends("STOP", { error: null })]],
    [
      "with empty texts and parts of other kinds",
      [
        sent({
          content: {
            parts: [
              { text: "" },
              { inlineData: { mimeType: "image/png", data: "" } },
              { executableCode: {} },
              {},
              { text: "Hi" },
            ],
          },
        }),
        stop,
      ],
    ],
    ["without the last blank line", [hi, stop.trimEnd()]],
    [
      "as a list",
      [
        JSON.stringify(
          [hi, stop].map((each) => JSON.parse(each.slice(6))),
          null,
          1,
        ),
      ],
    ],
    [
      "with feedback that blocks nothing",
      [event({ promptFeedback: { blockReason: "BLOCK_REASON_UNSPECIFIED" } }), hi, stop],
    ],
  ])("%s are read whole", async (_, pieces) => {
    const answer = { text: "Hi", reason: "stop", model: "gemini-x" };
    expect(await answerOf(...pieces)).toMatchObject(answer);
  });

  it("tell thoughts apart", async () => {
    const thought = sent({ content: { parts: [{ text: "Hm.", thought: true }, { text: "Hi" }] } });
    expect(await answerOf(thought, stop)).toMatchObject({ reasoning: "Hm.", text: "Hi" });
  });

  it.each([
    [["MAX_TOKENS"], "length"],
    [["MAX_TOKENS", "STOP"], "length"],
    [["STOP", "MAX_TOKENS"], "length"],
    [["IMAGE_SAFETY"], "content-filter"],
    [["OTHER"], "other"],
    [["constructor"], "other"],
    [["__proto__"], "other"],
  ])("that end with %j end with %s", async (reasons, reason) => {
    expect(await answerOf(hi, ...reasons.map((each) => ends(each)))).toMatchObject({ reason });
  });

  it("may be blocked by what was asked", async () => {
    const blocked = event({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect(await answerOf(blocked)).toMatchObject({ text: "", reason: "content-filter" });
  });

  it("count, each more than the one before, and a zero undoes no count", async () => {
    const count = (candidatesTokenCount: unknown, rest: object = {}) =>
      sent({}, { usageMetadata: { promptTokenCount: 9, candidatesTokenCount, ...rest } });
    const pieces = [count(1), count(3, { thoughtsTokenCount: 2 }), count(null), stop];
    expect((await answerOf(hi, ...pieces)).usage).toMatchObject({
      inputTokens: 9,
      outputTokens: 5,
    });
    expect((await answerOf(hi, count(3), count(0), stop)).usage?.outputTokens).toBe(3);
  });

  it("count what Google's own tools put in (docker/docker-agent#4359)", async () => {
    const usageMetadata = {
      promptTokenCount: 80,
      cachedContentTokenCount: 30,
      toolUsePromptTokenCount: 237,
    };
    expect((await answerOf(hi, ends("STOP", { usageMetadata }))).usage).toEqual({
      inputTokens: 287,
      cacheReadTokens: 30,
    });
  });

  it.each([
    [{ promptTokenCount: "7", candidatesTokenCount: "1", thoughtsTokenCount: "2" }],
    [{ promptTokenCount: -1 }],
    [null],
    ["many"],
  ])("count nothing by %j", async (usageMetadata) => {
    expect((await answerOf(hi, ends("STOP", { usageMetadata }))).usage).toBeUndefined();
  });

  it.each([
    ["no JSON", "data: {no json\r\n\r\n"],
    ["no object", event(5)],
    ["null", event(null)],
    ["candidates that are text", event({ candidates: "x" })],
    ["a candidate that is none", event({ candidates: [null] })],
    ["content that is text", sent({ content: "x" })],
    ["parts that are text", sent({ content: { parts: "xy" } })],
    ["a part that is none", sent({ content: { parts: [null] } })],
    ["a text that is a number", says(5)],
    ["a call without a name", calls({ functionCall: {} })],
    ["a call that is text", calls({ functionCall: "x" })],
    ["arguments that are text", calls({ functionCall: { name: "a", args: "x" } })],
    ["a call that cannot be read", ends("MALFORMED_FUNCTION_CALL")],
    ["a call of a tool that is not there", ends("UNEXPECTED_TOOL_CALL")],
    ["calls without end", ends("TOO_MANY_TOOL_CALLS")],
    ["a call without its thought", ends("MISSING_THOUGHT_SIGNATURE")],
  ])("with %s are INVALID_OUTPUT", async (_, piece) => {
    await expect(partsOf(hi, piece, stop)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  const error = (code: unknown, message: unknown, rest: object = {}) => ({
    error: { code, message, ...rest },
  });
  const overloaded = error(503, "The model is overloaded.", { status: "UNAVAILABLE" });
  it.each([
    ["nothing", [], "INVALID_OUTPUT"],
    ["no end", [hi], "NETWORK"],
    ["an error in mid-stream (python-genai#1162)", [hi, event(overloaded)], "OVERLOADED"],
    ["a whole error (gemini-balance#347)", [JSON.stringify(overloaded, null, 2)], "OVERLOADED"],
    ["an error in a list (rust-genai#63)", [JSON.stringify([overloaded])], "OVERLOADED"],
    [
      "an error by its name",
      [event(error(undefined, "Slow down.", { status: "RESOURCE_EXHAUSTED" }))],
      "RATE_LIMITED",
    ],
    ["an error that is text", [event({ error: "gone" })], "SERVER_ERROR"],
    ["an error of other types", [event(error({}, { a: 1 }, { details: "x" }))], "SERVER_ERROR"],
  ] as readonly (readonly [string, readonly string[], string])[])(
    "of %s",
    async (_, pieces, code) => {
      await expect(partsOf(...pieces)).rejects.toMatchObject({ code });
    },
  );

  it("tell when to ask again", async () => {
    const details = [
      null,
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "20s" },
    ];
    const limit = event(error(429, "Please retry.", { details }));
    await expect(partsOf(hi, limit)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfter: 20_000,
    });
  });
});

import { type Part, readAnswer, readServerSentEvents } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { ChunkEvents } from "../src/sdk/parts.ts";

const event = (data: unknown) => `data: ${JSON.stringify(data)}\r\n\r\n`;
const sent = (candidate: unknown, rest: object = {}) =>
  event({ candidates: [candidate], modelVersion: "gemini-x", responseId: "r1", ...rest });
const says = (text: unknown, rest: object = {}) =>
  sent({ content: { role: "model", parts: [{ text }] }, ...rest });
const ends = (finishReason: unknown, rest: object = {}) => sent({ finishReason }, rest);
const calls = (...parts: readonly unknown[]) => sent({ content: { parts } });
const hi = says("Hi");
const stop = ends("STOP");

async function partsOf(...pieces: readonly string[]): Promise<Part[]> {
  const events = readServerSentEvents(new Response(pieces.join("")).body);
  const parts: Part[] = [];
  for await (const part of readAnswer(events, new ChunkEvents())) parts.push(part);
  return parts;
}

async function answerOf(...pieces: readonly string[]) {
  const parts = await partsOf(...pieces);
  const of = <Type extends Part["type"]>(type: Type) =>
    parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
  return {
    text: of("text")
      .map((part) => part.text)
      .join(""),
    reasoning: of("reasoning")
      .map((part) => part.text)
      .join(""),
    calls: of("tool-call").map(({ id, name, input }) => [id, name, input]),
    usage: of("usage")[0]?.usage,
    reason: of("finish")[0]?.reason,
    model: of("start")[0]?.model,
  };
}

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

describe("calls of functions", () => {
  const newId = expect.stringMatching(/^call_\w{24}$/);

  it.each([
    [
      "without ids and arguments",
      [calls({ functionCall: { name: "a" } }, { functionCall: { name: "b", args: null } })],
      [
        [newId, "a", {}],
        [newId, "b", {}],
      ],
    ],
    [
      "of one id",
      [
        calls({ functionCall: { id: "x", name: "a" } }),
        calls({ functionCall: { id: "x", name: "b" } }),
      ],
      [
        ["x", "a", {}],
        [newId, "b", {}],
      ],
    ],
    [
      "with an empty id",
      [calls({ functionCall: { id: "", name: "a", args: { x: 1 } } })],
      [[newId, "a", { x: 1 }]],
    ],
    [
      "beside null",
      [calls({ functionCall: null, text: "Hi" }, { functionCall: { id: "x", name: "a" } })],
      [["x", "a", {}]],
    ],
  ])("%s", async (_, pieces, told) => {
    const answer = await answerOf(...pieces, stop);
    expect(answer).toMatchObject({ calls: told, reason: "tool-calls" });
    expect(new Set(answer.calls.map(([id]) => id)).size).toBe(told.length);
  });
});

describe("what Gemini rests on", () => {
  // vercel/ai#13123, BerriAI/litellm#10237, google/adk-python#3768: in an early chunk alone, or in each
  it("is told once, whichever chunk tells it", async () => {
    const web = { uri: "https://example.com/a", title: "A" };
    const groundingMetadata = {
      groundingChunks: [
        { web },
        { retrievedContext: { uri: "gs://b/c", title: "C", text: "Words." } },
        { maps: { uri: "https://maps.example.com", title: "A place" } },
        {},
      ],
      groundingSupports: [{ segment: { text: "Hi" }, groundingChunkIndices: [0] }],
    };
    const citationMetadata = {
      citationSources: [{ uri: "https://example.com/d", license: "mit" }],
    };
    const urlContextMetadata = { urlMetadata: [{ retrievedUrl: "https://example.com/e" }] };
    const parts = await partsOf(
      says("Hi", { groundingMetadata }),
      says("!", { groundingMetadata, citationMetadata }),
      sent({ finishReason: "STOP", urlContextMetadata }),
    );
    expect(parts.flatMap((part) => (part.type === "source" ? [part.source] : []))).toEqual([
      { url: "https://example.com/a", title: "A" },
      { url: "gs://b/c", title: "C", text: "Words." },
      { url: "https://maps.example.com", title: "A place" },
      { url: "https://example.com/d" },
      { url: "https://example.com/e" },
    ]);
    expect(parts.at(-1)).toMatchObject({ reason: "stop", vendorReason: "STOP" });
  });

  it("is nothing where it has another form, and the reason is the prompt's where that was refused", async () => {
    const odd = {
      groundingMetadata: 7,
      citationMetadata: { citations: "x" },
      urlContextMetadata: [],
    };
    expect((await partsOf(says("Hi", odd), stop)).map(({ type }) => type)).not.toContain("source");
    const refused = event({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect((await partsOf(refused)).at(-1)).toMatchObject({
      reason: "content-filter",
      vendorReason: "PROHIBITED_CONTENT",
    });
  });
});

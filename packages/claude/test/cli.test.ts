import { describe, expect, it } from "vitest";
import { textOf } from "../../../test/played/run-context.ts";
import {
  answer,
  cliScene,
  event,
  optionOf,
  request,
  result,
  structured,
  usage,
} from "./cli-run-scene.ts";

const { play } = cliScene();

describe("an answer", () => {
  it("comes as parts in their order, with usage and cost", async () => {
    const { parts, error } = await play({});
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: "start", model: "played", id: "msg_1" },
      { type: "text", text: "Hello" },
      { type: "text", text: " world" },
      { type: "usage", usage: { inputTokens: 11, outputTokens: 7, cost: 0.25 } },
      { type: "finish", reason: "stop", vendorReason: "end_turn" },
    ]);
  });

  it("is none without the terminal event", async () => {
    const { error } = await play({ lines: answer.slice(0, -1) });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("is none where the model was not asked", async () => {
    const { error } = await play({ lines: [{ ...result, num_turns: 0 }] });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("is none where the exit says otherwise", async () => {
    const { error } = await play({ exit: 3 });
    expect(error).toMatchObject({ code: "CLI_CRASHED" });
  });

  it("that begins anew in mid-stream is given up", async () => {
    const { parts, error } = await play({ lines: [...answer.slice(0, 2), ...answer] });
    expect(error).toMatchObject({ code: "NETWORK" });
    expect(textOf(parts)).toBe("Hello");
  });

  it("to a schema is the input of the tool that the CLI makes of it", async () => {
    const asked = { ...request, schema: { type: "object" } };
    const { parts, given } = await play({ asked, lines: structured });
    const [initialize, user] = given()
      .stdin.trim()
      .split("\n")
      .map((line: string) => JSON.parse(line));
    expect(initialize.request).toEqual({ subtype: "initialize", jsonSchema: { type: "object" } });
    expect(user.message.content).toEqual([{ type: "text", text: "\n/cost" }]);
    expect(JSON.stringify(given().args)).not.toContain("object");
    expect(textOf(parts)).toBe('{"city":"Graz"}');
    expect(parts.map(({ type }) => type)).not.toContain("tool-call");
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop", vendorReason: "tool_use" });
  });

  it("that ignores the schema is none", async () => {
    const asked = { ...request, schema: { type: "object" } };
    const ignored = { ...result, is_error: true, subtype: "error_max_turns", result: undefined };
    const { error } = await play({ asked, lines: [...answer.slice(0, -1), ignored], exit: 1 });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  // Seen with 2.1.197 and 2.1.330: a run with a budget does not pass on the reason.
  it("that was refused ends so, though a budget ends the run", async () => {
    const untold = { type: "message_delta", delta: { stop_reason: null }, usage };
    const lines = [
      answer[0],
      { type: "system", subtype: "model_refusal_no_fallback" },
      event(untold),
      event({ type: "message_stop" }),
      { ...result, subtype: "error_max_budget_usd", is_error: true, stop_reason: null },
    ] as object[];
    const { parts, error } = await play({ lines, exit: 1 });
    expect(error).toBeUndefined();
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "content-filter",
      vendorReason: "refusal",
    });
  });

  it("that was refused ends so, for all its exit code", async () => {
    const refused = { ...result, is_error: true, stop_reason: "refusal", result: "" };
    const { parts } = await play({ lines: [refused], exit: 1 });
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "content-filter",
      vendorReason: "refusal",
    });
  });
});

describe("the first message's end is the answer's end", () => {
  // anthropics/claude-code#24055, #69434
  const cut = (reason: string) => [
    ...answer.slice(0, 3),
    event({ type: "message_delta", delta: { stop_reason: reason }, usage }),
    event({ type: "message_stop" }),
  ];
  const again = [
    ...cut("max_tokens"),
    { ...result, is_error: true, result: "API Error: too long" },
  ];

  it.each(["max_tokens", "model_context_window_exceeded"])(
    "for one that was cut (%s), though the CLI asks again",
    async (reason) => {
      const { parts, error } = await play({ lines: [...cut(reason), ...again], exit: 1 });
      expect(error).toBeUndefined();
      expect(textOf(parts)).toBe("Hello world");
      expect(parts.at(-1)).toEqual({ type: "finish", reason: "length", vendorReason: reason });
    },
  );

  it("for one after which the CLI has words of its own to the model", async () => {
    const resume = { type: "user", message: { content: [{ type: "text", text: "Resume." }] } };
    const lines = [...answer.slice(0, -1), resume, ...again];
    const { parts, error } = await play({ lines, stays: true });
    expect(error).toBeUndefined();
    expect(textOf(parts)).toBe("Hello world");
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop", vendorReason: "end_turn" });
  });

  it("and a budget ends the run there, which is no failure", async () => {
    const spent = {
      ...result,
      subtype: "error_max_budget_usd",
      is_error: true,
      result: undefined,
      usage: { input_tokens: 0, output_tokens: 0 },
    };
    const { parts, error, given } = await play({ lines: [...answer.slice(0, 4), spent], exit: 1 });
    expect(error).toBeUndefined();
    expect(optionOf(given().args, "--max-budget-usd")).toMatch(/^0\.0+1$/);
    expect(parts.slice(-2)).toEqual([
      { type: "usage", usage: { inputTokens: 11, outputTokens: 7, cost: 0.25 } },
      { type: "finish", reason: "stop", vendorReason: "end_turn" },
    ]);
  });

  it.each([
    ["with a schema", { asked: { ...request, schema: { type: "object" } }, lines: structured }],
    ["of a version that was not tried with one", { context: { version: "2.1.89" } }],
  ])("and a run %s has no budget", async (_, changed) => {
    expect((await play(changed)).given().args).not.toContain("--max-budget-usd");
  });

  it("and a budget that ends it before is a cut", async () => {
    const spent = { ...result, subtype: "error_max_budget_usd", is_error: true, stop_reason: null };
    const { error } = await play({ lines: [...answer.slice(0, 3), spent], exit: 1 });
    expect(error).toMatchObject({ code: "NETWORK" });
  });
});

describe("a run that goes wrong at its end", () => {
  // anthropics/claude-code#25629
  it("stays, and its answer is kept", async () => {
    const { parts, error } = await play({ stays: true });
    expect(error).toBeUndefined();
    expect(textOf(parts)).toBe("Hello world");
  });

  it("stays after an error, and the error is told", async () => {
    const lines = [{ ...result, is_error: true, result: "Credit balance is too low" }];
    const { error } = await play({ lines, stays: true });
    expect(error).toMatchObject({ code: "QUOTA_EXHAUSTED" });
  });

  // anthropics/claude-code#1920, #87577
  it("never tells its result, and stays: the whole message is the answer", async () => {
    const { parts, error } = await play({ lines: answer.slice(0, -1), stays: true });
    expect(error).toBeUndefined();
    expect(textOf(parts)).toBe("Hello world");
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop", vendorReason: "end_turn" });
  });

  it("tells its result twice, and the first one counts", async () => {
    const { parts, error } = await play({ lines: [...answer, { ...result, is_error: true }] });
    expect(error).toBeUndefined();
    expect(parts.filter(({ type }) => type === "finish")).toHaveLength(1);
  });
});

describe("what the CLI tells again", () => {
  const told = (text: string) => ({
    type: "assistant",
    message: { model: "played", content: [{ type: "text", text }] },
  });

  // anthropics/claude-code#8834
  it.each([
    ["in its result", answer.toSpliced(2, 1)],
    [
      "of its message",
      [
        ...(answer as object[]).toSpliced(2, 1, told("Hello world")).slice(0, -1),
        { ...result, result: "" },
      ],
    ],
  ])("shows that a piece is lost: %s", async (_, lines) => {
    expect((await play({ lines })).error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("does not count beside an answer to a schema", async () => {
    const asked = { ...request, schema: { type: "object" } };
    const { parts, error } = await play({
      asked,
      lines: [...structured.slice(0, 2), told("Here it is:"), ...structured.slice(2)],
    });
    expect(error).toBeUndefined();
    expect(textOf(parts)).toBe('{"city":"Graz"}');
  });

  it("may be the last of several blocks alone", async () => {
    const { error } = await play({
      lines: [...answer.slice(0, -1), { ...result, result: "world" }],
    });
    expect(error).toBeUndefined();
  });

  it("is the answer where no pieces came", async () => {
    const { parts, error } = await play({ lines: [told("Hello world"), result] });
    expect(error).toBeUndefined();
    expect(parts[0]).toEqual({ type: "start", model: "played" });
    expect(textOf(parts)).toBe("Hello world");
  });
});

describe("what is of another form", () => {
  it.each<[string, object | string, number?]>([
    ["an event that is null", { type: "stream_event", event: null }],
    ["a message that is null", event({ type: "message_start", message: null }), 0],
    ["a model that is a number", event({ type: "message_start", message: { model: 5 } }), 0],
    ["a block that is null", event({ type: "content_block_start", content_block: null })],
    [
      "a tool without a name",
      event({ type: "content_block_start", content_block: { type: "tool_use", id: "1" } }),
    ],
    ["a delta that is a list of nothing", event({ type: "content_block_delta", delta: null })],
    [
      "a text that is a number",
      event({ type: "content_block_delta", delta: { type: "text_delta", text: 7 } }),
    ],
    [
      "a stop reason that is a list",
      event({ type: "message_delta", delta: { stop_reason: ["end_turn"] } }),
    ],
    ["a line that is cut", '{"type":"stream_event","event":{"ty'],
  ])("%s makes the answer none", async (_, line, at = 1) => {
    const { error } = await play({ lines: [...answer.slice(0, at), line, ...answer.slice(at)] });
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each([
    { usage: null },
    { usage: { input_tokens: "7", output_tokens_details: "x" } },
    { total_cost_usd: "free" },
    { stop_reason: "constructor" },
    { api_error_status: "529" },
    { num_turns: null },
  ])("a result with %j does no harm", async (members) => {
    const { parts, error } = await play({
      lines: [...answer.slice(0, -1), { ...result, ...members }],
    });
    expect(error).toBeUndefined();
    for (const part of parts) {
      if (part.type !== "usage") continue;
      expect(Object.values(part.usage).every((value) => typeof value === "number")).toBe(true);
    }
  });

  it.each([{ result: { a: 1 } }, { result: 4 }, { result: null, subtype: [] }])(
    "an error told as %j has a code",
    async (members) => {
      const lines = [{ ...result, is_error: true, ...members }];
      expect((await play({ lines, exit: 1 })).error).toMatchObject({ code: "SERVER_ERROR" });
    },
  );

  it.each(["__proto__", "toString"])("a kind of error named %s is none", async (kind) => {
    const lines = [
      { type: "assistant", error: kind },
      { ...result, is_error: true, result: "no" },
    ];
    expect((await play({ lines, exit: 1 })).error).toMatchObject({ code: "SERVER_ERROR" });
  });
});

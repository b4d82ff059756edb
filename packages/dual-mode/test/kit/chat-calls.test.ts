import { describe, expect, it } from "vitest";
import { answerOf, call, delta, done, ends, event } from "./chat-scene.ts";

const fn = (name: unknown, args: unknown) => ({ function: { name, arguments: args } });
const a = ["a", "one", { x: 1 }];
const b = ["b", "two", { y: 2 }];
const newId = expect.stringMatching(/^call_\w{24}$/);
const end = ends("tool_calls");

describe("tool calls of chat completions", () => {
  it.each([
    [
      "whole, under one index (pi#8861, plexus#691)",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x":1}') }),
        call({ index: 0, id: "b", ...fn("two", '{"y":2}') }),
      ],
      [a, b],
    ],
    [
      "in pieces, under one index, each with its id",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x"') }),
        call({ index: 0, id: "a", ...fn("one", ":1}") }),
        call({ index: 0, id: "b", ...fn("two", '{"y"') }),
        call({ index: 0, id: "b", ...fn("two", ":2}") }),
      ],
      [a, b],
    ],
    [
      "with the index as text, in turn",
      [
        call({ index: "0", id: "a", ...fn("one", "") }),
        call({ index: "1", id: "b", ...fn("two", "") }),
        call({ index: "0", ...fn(undefined, '{"x":1}') }),
        call({ index: "1", ...fn(undefined, '{"y":2}') }),
      ],
      [a, b],
    ],
    [
      "in the second choice of a whole answer (copilot-api#81, nanobot#1555)",
      [
        JSON.stringify({
          choices: [
            { message: { content: "I look." }, finish_reason: "tool_calls" },
            {
              message: { tool_calls: [{ id: "a", ...fn("one", '{"x":1}') }] },
              finish_reason: "tool_calls",
            },
          ],
        }),
      ],
      [a],
    ],
    [
      "that the sum at the end alone tells",
      [
        delta({ content: "I look." }),
        event({
          choices: [
            {
              message: {
                content: "I look.",
                tool_calls: [{ id: "a", ...fn("one", '{"x":1}') }],
              },
            },
          ],
        }),
      ],
      [a],
    ],
    [
      "with an empty id and name in later pieces (langchain#39335, symfony/ai#2220)",
      [
        call({ index: 0, id: "a", ...fn("one", "") }),
        call({ index: 0, id: "", ...fn("", '{"x":') }),
        call({ index: 0, id: null, ...fn(null, "1}") }),
      ],
      [a],
    ],
    [
      "with another id in each piece",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x"') }),
        call({ index: 0, id: "r2", ...fn(null, ":") }),
        call({ index: 0, id: "r3", ...fn(undefined, "1}") }),
      ],
      [a],
    ],
    [
      "without an index",
      [
        call({ id: "a", ...fn("one", '{"x"') }),
        call({ ...fn(undefined, ":1}") }),
        call({ id: "b", ...fn("two", '{"y":2}') }),
      ],
      [a, b],
    ],
    [
      "without an index, several in a piece",
      [
        delta({
          tool_calls: [
            { id: "a", ...fn("one", '{"x"') },
            { id: "b", ...fn("two", '{"y"') },
          ],
        }),
        delta({ tool_calls: [fn(undefined, ":1}"), fn(undefined, ":2}")] }),
      ],
      [a, b],
    ],
    [
      "interleaved",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x"') }),
        call({ index: 1, id: "b", ...fn("two", '{"y"') }),
        call({ index: 0, ...fn(undefined, ":1}") }),
        call({ index: 1, ...fn(undefined, ":2}") }),
      ],
      [a, b],
    ],
    [
      "said whole again at the end",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x"') }),
        call({ index: 0, ...fn(undefined, ":1}") }),
        call({ index: 0, id: "a", ...fn("one", '{"x":1}') }),
      ],
      [a],
    ],
    [
      "said again in the end, the name left out (opencodex#361)",
      [
        call({ index: 0, id: "a", ...fn("one", "") }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
      ],
      [a],
    ],
    [
      "whose last piece is all of it (vllm#51697)",
      [
        call({ index: 0, id: "a", ...fn("one", "{") }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
      ],
      [a],
    ],
    [
      "each of whose pieces is all of it so far",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x') }),
        call({ index: 0, ...fn(undefined, '{"x":') }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
      ],
      [a],
    ],
    [
      "whose arguments are beside them (sglang#23071)",
      [
        delta({
          tool_calls: [
            { id: "a", ...fn("one", "") },
            { id: null, ...fn(null, '{"x":1}') },
          ],
        }),
      ],
      [a],
    ],
    [
      "that begin with an empty object",
      [
        call({ index: 0, id: "a", ...fn("one", "{}") }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
      ],
      [a],
    ],
    [
      "whose id comes late",
      [
        call({ index: 0, ...fn("one", "") }),
        call({ index: 0, id: "a", ...fn(undefined, '{"x":1}') }),
      ],
      [a],
    ],
    [
      "whose name comes late",
      [
        call({ index: 0, id: "a", ...fn(undefined, '{"x"') }),
        call({ index: 0, ...fn("one", ":1}") }),
      ],
      [a],
    ],
    [
      "whose name comes in pieces",
      [call({ index: 0, id: "a", ...fn("o", "") }), call({ index: 0, ...fn("ne", '{"x":1}') })],
      [a],
    ],
    ["with an object for arguments", [call({ index: 0, id: "a", ...fn("one", { x: 1 }) })], [a]],
    ["with JSON in JSON", [call({ index: 0, id: "a", ...fn("one", '"{\\"x\\":1}"') })], [a]],
    [
      "in a whole message",
      [
        `${JSON.stringify({ model: "m", choices: [{ message: { tool_calls: [{ id: "a", ...fn("one", '{"x":1}') }] }, finish_reason: "tool_calls" }] })}`,
      ],
      [a],
    ],
    [
      "as functions of old",
      [
        delta({ function_call: { name: "one", arguments: '{"x"' } }),
        delta({ function_call: { arguments: ":1}" } }),
      ],
      [[newId, "one", { x: 1 }]],
    ],
    [
      "without ids, under one index",
      [call({ index: 0, ...fn("one", '{"x":1}') }), call({ index: 0, ...fn("one", '{"x":2}') })],
      [
        [newId, "one", { x: 1 }],
        [newId, "one", { x: 2 }],
      ],
    ],
    [
      "of one id, under two indices",
      [
        call({ index: 0, id: "a", ...fn("one", '{"x":1}') }),
        call({ index: 1, id: "a", ...fn("two", '{"y":2}') }),
      ],
      [a, [newId, "two", { y: 2 }]],
    ],
  ])("%s", async (_, pieces, calls) => {
    const whole =
      pieces.length === 1 && pieces[0]?.startsWith("{") ? pieces : [...pieces, end, done];
    expect(await answerOf(...whole)).toMatchObject({ calls, reason: "tool-calls" });
  });

  // langchain#33896, jcode#225, vercel/ai#4755
  it.each([["null"], [null], [""], [undefined], ["{}"], [" "], ['""']])(
    "without arguments, said as %j, have none",
    async (args) => {
      const { calls } = await answerOf(call({ index: 0, id: "a", ...fn("one", args) }), end);
      expect(calls).toEqual([["a", "one", {}]]);
    },
  );

  it("are what the answer ends with, also where a server says stop (opencode#14972)", async () => {
    const pieces = [call({ index: 0, id: "a", ...fn("one", '{"x":1}') }), ends("stop"), done];
    expect(await answerOf(...pieces)).toMatchObject({ calls: [a], reason: "tool-calls" });
  });

  it("are what an answer without a reason ends with (pi#6226)", async () => {
    const whole = call({ index: 0, id: "a", ...fn("one", '{"x":1}') });
    expect(await answerOf(whole, done)).toMatchObject({ calls: [a], reason: "tool-calls" });
  });

  it("that were said and are not there make no good end", async () => {
    expect(await answerOf(delta({ content: "I call." }), end)).toMatchObject({ reason: "other" });
  });

  it("show their arguments as they come", async () => {
    const pieces = [
      call({ index: 0, id: "a", ...fn(undefined, '{"x') }),
      call({ index: 0, ...fn("one", '":1}') }),
    ];
    expect(await answerOf(...pieces, end)).toMatchObject({ shown: '{"x":1}', calls: [a] });
  });

  it("that the bound of tokens cut are none", async () => {
    const pieces = [
      call({ index: 0, id: "a", ...fn("one", '{"x":1}') }),
      call({ index: 1, id: "b", ...fn("two", '{"y') }),
    ];
    expect(await answerOf(...pieces, ends("length"))).toMatchObject({
      calls: [a],
      reason: "length",
    });
  });

  it.each([
    ["are no list", delta({ tool_calls: "ab" })],
    ["are no objects", delta({ tool_calls: [null] })],
    ["have a function that is none", call({ index: 0, function: 5 })],
    ["name no tool", call({ index: 0, id: "a", function: { arguments: "{}" } })],
    ["have arguments that are not JSON", call({ index: 0, id: "a", ...fn("one", '{"x') })],
    [
      "lack a brace",
      call({ index: 0, id: "a", ...fn("one", '{"a":') }) +
        call({ index: 0, ...fn(null, '{"b":1}') }),
    ],
    ["have a list for arguments", call({ index: 0, id: "a", ...fn("one", "[1]") })],
    ["have a number for arguments", call({ index: 0, id: "a", ...fn("one", 7) })],
    [
      "go too deep",
      call({ index: 0, id: "a", ...fn("one", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`) }),
    ],
    [
      "are lists that go too deep",
      call({ index: 0, id: "a", ...fn("one", "[".repeat(50_000) + "]".repeat(50_000)) }),
    ],
  ])("that %s are INVALID_OUTPUT", async (_, piece) => {
    await expect(answerOf(piece, end, done)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("of many pieces are put together in time", async () => {
    const started = process.cpuUsage();
    const named = Array.from({ length: 40_000 }, () =>
      call({ index: 0, ...fn("one", "}}}}}}}}") }),
    );
    const pieces = [call({ index: 0, id: "a", ...fn("one", '{"x":"') }), ...named];
    const last = call({ index: 0, ...fn("one", '"}') });
    expect((await answerOf(...pieces, last, end)).calls).toHaveLength(1);
    // Milliseconds of the processor: a reader that looks at all of it with each piece takes many times as many.
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(4_000);
  });
});

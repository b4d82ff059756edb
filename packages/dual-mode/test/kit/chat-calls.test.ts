import { describe, expect, it } from "vitest";
import { a, end, fn } from "./chat-call-pieces.ts";
import { answerOf, call, delta, done, event } from "./chat-scene.ts";

const b = ["b", "two", { y: 2 }];
const newId = expect.stringMatching(/^call_\w{24}$/);

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
});

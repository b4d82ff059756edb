import { describe, expect, it } from "vitest";
import {
  answerOf,
  ends,
  input,
  open,
  partsOf,
  shut,
  start,
  stop,
  text,
  tool,
} from "./played-events.ts";

describe("calls of tools", () => {
  const end = [ends("tool_use"), stop];
  const a = ["a", "look_up", { q: 1 }];
  const newId = expect.stringMatching(/^call_\w{24}$/);

  it.each([
    ["in pieces", [tool(0, "a"), input(""), input('{"q"'), input(":1}"), shut(0)], [a]],
    ["whole, as the block begins", [tool(0, "a", { q: 1 }), shut(0)], [a]],
    ["whole, and again in pieces", [tool(0, "a", { q: 1 }), input('{"q":1}'), shut(0)], [a]],
    ["whole, as text (nielspeter/claude-code-proxy#13)", [tool(0, "a", '{"q":1}'), shut(0)], [a]],
    ["without arguments", [tool(0, "a"), shut(0)], [["a", "look_up", {}]]],
    ["with null", [tool(0, "a", null), input("null"), shut(0)], [["a", "look_up", {}]]],
    [
      "that do not end",
      [tool(0, "a"), input('{"q":1}'), tool(1, "b"), input('{"q":2}', 1)],
      [a, ["b", "look_up", { q: 2 }]],
    ],
    [
      "beside each other",
      [
        tool(0, "a"),
        tool(1, "b"),
        input('{"q"'),
        input('{"q":2}', 1),
        input(":1}"),
        shut(0),
        shut(1),
      ],
      [a, ["b", "look_up", { q: 2 }]],
    ],
    [
      "that end before their last pieces (agentgateway#2147)",
      [
        tool(0, "a"),
        input('{"q"'),
        shut(0),
        ...[open(1, { type: "text", text: "" }), shut(1)],
        input(":1}"),
      ],
      [a],
    ],
    ["whose pieces have another index", [tool(3, "a"), input('{"q":1}', 0), shut(3)], [a]],
    [
      "of one id",
      [tool(0, "a"), input('{"q":1}'), shut(0), tool(1, "a"), shut(1)],
      [a, [newId, "look_up", {}]],
    ],
    ["without an id", [tool(0, ""), input('{"q":1}'), shut(0)], [[newId, "look_up", { q: 1 }]]],
  ])("%s", async (_, pieces, calls) => {
    expect(await answerOf(start(), ...pieces, ...end)).toMatchObject({
      calls,
      reason: "tool-calls",
    });
    const said = await answerOf(start(), ...pieces, ends("end_turn"), stop);
    expect(said).toMatchObject({ calls, reason: "tool-calls" });
  });

  // open-octo/octo-agent#647
  it.each([
    ["stop", "tool-calls"],
    ["tool_calls", "tool-calls"],
    ["length", "length"],
    ["pause_turn", "other"],
  ])("that a gateway ends with %s end with %s", async (said, reason) => {
    const pieces = [tool(0, "a"), input('{"q":1}'), shut(0), ends(said), stop];
    expect(await answerOf(start(), ...pieces)).toMatchObject({ calls: [a], reason });
  });

  it("show their arguments as they come", async () => {
    const pieces = [tool(0, "a"), input('{"q"'), input(":1}"), shut(0)];
    expect(await answerOf(start(), ...pieces, ...end)).toMatchObject({ shown: '{"q":1}' });
  });

  it.each([
    ["in their arguments", [tool(0, "b"), input('{"q'), shut(0)]],
    ["before their arguments", [tool(0, "b"), shut(0)]],
  ])("that the bound of tokens cut %s are none", async (_, pieces) => {
    const answer = await answerOf(start(), ...text, ...pieces, ends("max_tokens"), stop);
    expect(answer).toMatchObject({ text: "Hi", calls: [], reason: "length" });
  });

  it.each([
    ["are cut", [tool(0, "a"), input('{"q'), shut(0)]],
    ["are a list", [tool(0, "a"), input("[1]"), shut(0)]],
    ["go too deep", [tool(0, "a"), input(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), shut(0)]],
  ])("whose arguments %s are INVALID_OUTPUT", async (_, pieces) => {
    const parts = partsOf(start(), ...pieces, ...end);
    await expect(parts).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });
});

import { describe, expect, it } from "vitest";
import { end, fn } from "./chat-call-pieces.ts";
import { answerOf, call, delta, done } from "./chat-scene.ts";

describe("tool calls of chat completions", () => {
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

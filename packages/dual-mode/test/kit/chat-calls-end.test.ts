import { describe, expect, it } from "vitest";
import { a, end, fn } from "./chat-call-pieces.ts";
import { answerOf, call, delta, done, ends } from "./chat-scene.ts";

describe("tool calls of chat completions", () => {
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
});

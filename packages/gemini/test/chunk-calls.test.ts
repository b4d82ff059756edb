import { describe, expect, it } from "vitest";
import { answerOf, calls, stop } from "./played-chunks.ts";

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

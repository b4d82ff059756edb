import { describe, expect, it } from "vitest";
import { answerOf, calls, ends, partsOf, stop } from "./played-chunks.ts";

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

  it.each(["FUNCTION_CALL", "TOOL_CALLS"])(
    "that end with a gateway's %s are made (open-octo/octo-agent#647)",
    async (said) => {
      const answer = await answerOf(calls({ functionCall: { id: "x", name: "a" } }), ends(said));
      expect(answer).toMatchObject({ calls: [["x", "a", {}]], reason: "tool-calls" });
    },
  );

  it("that Gemini does not end by itself are none to make", async () => {
    const answer = await answerOf(calls({ functionCall: { id: "x", name: "a" } }), ends("OTHER"));
    expect(answer.reason).toBe("other");
  });

  // google/adk-python#4311: without their pieces the arguments would be {}
  it.each([
    { name: "a", willContinue: true },
    { name: "a", partialArgs: [{ jsonPath: "$.x", numberValue: 1 }] },
  ])("that come in pieces are INVALID_OUTPUT: %j", async (functionCall) => {
    await expect(partsOf(calls({ functionCall }), stop)).rejects.toMatchObject({
      code: "INVALID_OUTPUT",
    });
  });
});

import { describe, expect, it } from "vitest";
import { textOf } from "../../../test/played/run-context.ts";
import { answer, cliScene, event, request, result, structured, usage } from "./cli-run-scene.ts";

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

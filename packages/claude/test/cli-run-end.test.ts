import { describe, expect, it } from "vitest";
import { textOf } from "../../../test/played/run-context.ts";
import { answer, cliScene, result } from "./cli-run-scene.ts";

const { play } = cliScene();

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

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

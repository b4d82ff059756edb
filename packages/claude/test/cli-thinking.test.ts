import { describe, expect, it } from "vitest";
import { toThinkingOptions } from "../src/cli/thinking.ts";

const sentFor = (model: string, reasoning?: "none" | "minimal" | "medium" | "max") =>
  toThinkingOptions({ model, messages: [], ...(reasoning && { reasoning }) });
const off = (thinking: object) => ({ args: [], budget: "0", thinking });

describe("what Claude Code is told of thinking", () => {
  it("is an effort", () => {
    const sent = sentFor("claude-sonnet-5-5", "minimal");
    expect(sent).toEqual({ args: ["--effort", "low"] });
  });

  // Seen in 2.1.330: whatever the effort, these think for up to 31,999 tokens.
  it("is a budget for the models that know no effort", () => {
    const by = (budget: string) => ({ args: [], budget });
    expect(sentFor("claude-haiku-4-5", "medium")).toEqual(by("8192"));
    expect(sentFor("claude-haiku-4-5", "none")).toEqual(by("0"));
    expect(sentFor("claude-haiku-4-5")).toEqual(by("0"));
  });

  // Seen in 2.1.330: a budget of 0 has the models of 5.5 think all the same.
  it.each([undefined, "none"] as const)("keeps a model from it by the API's word: %s", (wish) => {
    expect(sentFor("claude-sonnet-5-5", wish)).toEqual(off({ type: "between_tools" }));
    expect(sentFor("claude-haiku-5-5", wish)).toEqual(off({ type: "disabled" }));
  });

  it("is the least for a model that cannot be kept from it", () => {
    const least = { args: ["--effort", "low"], budget: "0" };
    expect(sentFor("claude-opus-5-5", "none")).toEqual(least);
    expect(sentFor("claude-opus-5-5")).toEqual({ args: [], budget: "0" });
  });
});

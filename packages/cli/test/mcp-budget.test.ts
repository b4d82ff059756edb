import { describe, expect, it } from "vitest";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { mcpScene, textOf } from "./mcp-scene.ts";

const scene = mcpScene();
const { answers, call } = scene;

describe("a budget", () => {
  it("of calls ends an agent's loop, and does not count what the cache answers", async () => {
    for (const prompt of ["one", "one", "two"]) {
      const result = await call("ask", { prompt, provider: "claude" }, ["--max-calls", "2"]);
      expect(result.isError).toBeUndefined();
    }
    const third = await call("ask", { prompt: "three", provider: "claude" });
    expect(third.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
    expect(scene.vendors.requests).toHaveLength(2);
  });

  it("of calls counts what failed at a vendor too, and not what reached none", async () => {
    const unknown = await call("ask", { prompt: "hi", provider: "groq" }, ["--max-calls", "1"]);
    expect(textOf(unknown)).toContain("MISSING_CREDENTIALS");
    answers({});
    const failed = await call("ask", { prompt: "hi", provider: "claude" });
    expect(textOf(failed)).toContain("SERVER_ERROR");
    const next = await call("ask", { prompt: "hi", provider: "claude" });
    expect(next.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
  });

  it("of costs counts a call that broke off as the most, and one that was refused as nothing", async () => {
    const asked = { prompt: "hi", provider: "claude/claude-sonnet-4-5", maxOutputTokens: 2_000 };
    const refusal = refuses("claude", 400, { message: "No." });
    scene.vendors.answer = (response, request) => refusal(response, request);
    const refused = await call("ask", asked, ["--max-cost", "0.05"]);
    expect(refused.isError).toBe(true);
    scene.vendors.answer = (response) => void response.destroy();
    const broken = await call("ask", asked);
    expect(textOf(broken)).toContain("NETWORK");
    const next = await call("ask", asked);
    expect(next.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
  });

  it("of costs is not passed, whatever the answer may cost", async () => {
    const asked = { prompt: "hi", provider: "claude/claude-sonnet-4-5", maxOutputTokens: 100_000 };
    const result = await call("ask", asked, ["--max-cost", "0.05"]);
    expect(textOf(result)).toMatch(/BUDGET_EXHAUSTED: The call may cost up to US\$ \d/);
    expect(scene.vendors.requests).toHaveLength(0);
    const small = await call("ask", { ...asked, maxOutputTokens: 10 });
    expect(small.isError).toBeUndefined();
    const unknown = await call("ask", { prompt: "hi", provider: "claude/nobody-knows-it" });
    expect(textOf(unknown)).toContain("MODEL_WITHOUT_PRICE");
    expect(scene.vendors.requests).toHaveLength(1);
  });
});

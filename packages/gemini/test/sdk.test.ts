import type { RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { dataEvent, playsEvents, refuses } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext, textOf } from "../../../test/played/run-context.ts";
import { testSdkAnswers, testSdkFailures } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { chunk, request, throughEachSdk } from "./sdk-scene.ts";

throughEachSdk((context, sdkName) => {
  describe("an answer", () => {
    it("that is a refusal has the request's id of its header", async () => {
      const error = { type: "INTERNAL", message: "Oops." };
      const server = await serve(refuses("gemini", 500, error, { "x-goog-request-id": "req-17" }));
      const { error: thrown } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(thrown).toMatchObject({ code: "SERVER_ERROR", status: 500, requestId: "req-17" });
    });

    it("that is a refusal has the wait of its header (vercel/ai#7247)", async () => {
      const error = { type: "RESOURCE_EXHAUSTED", message: "Slow down." };
      const server = await serve(refuses("gemini", 429, error, { "retry-after": "1.5" }));
      const { error: thrown } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(thrown).toMatchObject({ code: "RATE_LIMITED", status: 429, retryAfter: 1_500 });
    });

    it("without a body is INVALID_OUTPUT, and no fault of the provider's", async () => {
      const server = await serve((response) => void response.writeHead(204).end());
      const { error } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
    });

    it("brings thoughts apart from the text, and counts them as output", async () => {
      const usageMetadata = {
        promptTokenCount: 3,
        candidatesTokenCount: 4,
        thoughtsTokenCount: 5,
        cachedContentTokenCount: 2,
      };
      const parts = [{ text: "Hm.", thought: true }, { text: "Yes." }];
      const server = await serve(playsEvents([chunk(parts, "STOP", { usageMetadata })]));
      const outcome = await outcomeOf(sdk.run(request, context(server.url)));
      expect(outcome.parts).toContainEqual({ type: "reasoning", text: "Hm." });
      expect(textOf(outcome.parts)).toBe("Yes.");
      expect(outcome.parts).toContainEqual({
        type: "usage",
        usage: { inputTokens: 1, outputTokens: 9, cacheReadTokens: 2, reasoningTokens: 5 },
      });
    });

    it("that the bound cut says so", async () => {
      const server = await serve(playsEvents([chunk([{ text: "Half" }], "MAX_TOKENS")]));
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(parts.at(-1)).toEqual({
        type: "finish",
        reason: "length",
        vendorReason: "MAX_TOKENS",
      });
    });

    it("whose prompt the filter held back ends with that reason", async () => {
      const blocked = dataEvent({ promptFeedback: { blockReason: "SAFETY" } });
      const server = await serve(playsEvents([blocked]));
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      const end = { type: "finish", reason: "content-filter", vendorReason: "SAFETY" };
      expect(parts.at(-1)).toEqual(end);
    });
  });

  const run = (given: RunContext<object>) =>
    sdk.run(request, { ...given, options: { sdk: sdkName } });
  testSdkAnswers("gemini", run, { id: "response_1", stop: "STOP", filtered: "SAFETY" });
  testSdkFailures("gemini", run);
});

it("is refused where the option names no package that is known", async () => {
  const options = { sdk: "vertex" as "genai" };
  const { error } = await outcomeOf(sdk.run(request, { ...runContext("http://x"), options }));
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
});

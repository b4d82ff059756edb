import type { RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { dummyKey, outcomeOf } from "../../../test/played/run-context.ts";
import { fullRequest, sampling } from "../../../test/played/sample-request.ts";
import { askedAstray } from "../../../test/played/sdk-scene.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { request, throughEachSdk } from "./sdk-scene.ts";

throughEachSdk((context, sdkName) => {
  describe("the request", () => {
    it("carries everything that the mode supports", async () => {
      const server = await serve(plays("gemini", "ok"));
      const { error } = await outcomeOf(sdk.run(full, context(server.url)));
      expect(error).toBeUndefined();
      expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ ...fullBody, ...own[sdkName] });
    });

    it("is bound to its route whatever the environment says", async () => {
      const ask = ({ baseUrl = "" }: RunContext<object>) =>
        outcomeOf(sdk.run(request, context(baseUrl)));
      const { headers, path } = await askedAstray("gemini", plays("gemini", "ok"), ask);
      expect(headers).toMatchObject({ "x-goog-api-key": dummyKey });
      expect(path).toBe("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
    });

    it("lets a newer model think by a level", async () => {
      const server = await serve(plays("gemini", "ok"));
      const asked = { ...request, model: "gemini-3-pro", reasoning: "high" } as const;
      await outcomeOf(sdk.run(asked, context(server.url)));
      expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
        generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: "high" } },
      });
    });

    it.each(["../../v1/files", "models/a/b", "a?b", ""])(
      "goes nowhere for the model %j",
      async (model) => {
        const server = await serve(plays("gemini", "ok"));
        const { error } = await outcomeOf(sdk.run({ ...request, model }, context(server.url)));
        expect(error).toMatchObject({ code: "INVALID_REQUEST" });
        expect(server.requests).toHaveLength(0);
      },
    );

    it("goes nowhere with the answer of a tool that nobody called", async () => {
      const messages = [
        ...request.messages,
        { role: "tool", toolCallId: "x", content: [{ type: "text", text: "sun" }] } as const,
      ];
      const { error } = await outcomeOf(sdk.run({ ...request, messages }, context("http://x")));
      expect(error).toMatchObject({ code: "INVALID_REQUEST" });
    });
  });
});

const full = { ...fullRequest("gemini-2.5-flash"), ...sampling };

const parts = [{ text: "Be brief." }];
const own = {
  "generative-ai": { systemInstruction: { role: "system", parts }, safetySettings: [] },
  genai: { systemInstruction: { role: "user", parts } },
};
const fullBody = {
  generationConfig: {
    temperature: 0.2,
    topP: 0.5,
    maxOutputTokens: 99,
    seed: 7,
    stopSequences: ["END"],
    thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 },
    responseMimeType: "application/json",
    responseJsonSchema: { type: "object" },
  },
  tools: [
    {
      functionDeclarations: [
        { name: "weather", description: "Tells it.", parametersJsonSchema: { type: "object" } },
      ],
    },
  ],
  contents: [
    {
      role: "user",
      parts: [{ text: "Look" }, { inlineData: { mimeType: "image/png", data: "aGk=" } }],
    },
    {
      role: "model",
      parts: [
        { functionCall: { name: "weather", args: { city: "Graz" } } },
        { functionCall: { name: "news", args: {} } },
      ],
    },
    {
      role: "user",
      parts: [
        { functionResponse: { name: "weather", response: { result: "sun" } } },
        { functionResponse: { name: "news", response: { result: "none" } } },
      ],
    },
  ],
};

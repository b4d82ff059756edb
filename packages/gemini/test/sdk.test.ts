import type { CanonicalRequest, Part, RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it, vi } from "vitest";
import { filteredAnswer } from "../../../scripts/failure-cases.ts";
import { dummyKey, outcomeOf, runContext, textOf } from "../../../scripts/run-context.ts";
import { testSdkFailures } from "../../../scripts/sdk-scene.ts";
import { serve } from "../../../scripts/serve-answer.ts";
import { dataEvent, plays, playsEvents, refuses } from "../../../scripts/vendor-answers.ts";
import type { GeminiOptions } from "../src/options.ts";
import { sdk } from "../src/sdk/mode.ts";

type ToolCallPart = Extract<Part, { type: "tool-call" }>;

const request: CanonicalRequest = {
  model: "gemini-2.5-flash",
  messages: [{ role: "user", content: [{ type: "text", text: "Explain decorators" }] }],
};

describe.each(["generative-ai", "genai"] as const)("through @google/%s", (sdkName) => {
  const context = (url: string, more: Partial<RunContext<GeminiOptions>> = {}) => {
    return { ...runContext(url), options: { sdk: sdkName }, ...more };
  };

  describe("an answer", () => {
    it("comes as parts in their order, with model, usage and reason", async () => {
      const server = await serve(plays("gemini", "Hello", " world"));
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(parts).toEqual([
        { type: "start", model: "played", id: "response_1" },
        { type: "text", text: "Hello" },
        { type: "text", text: " world" },
        { type: "usage", usage: { inputTokens: 11, outputTokens: 7 } },
        { type: "finish", reason: "stop", vendorReason: "STOP" },
      ]);
      expect(server.requests[0]?.path).toBe(
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
      );
    });

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

    // langchainjs#10145, vellum#320: ids that begin anew with each answer meet in a conversation.
    it("may be tool calls, with the vendor's ids or ones that no other call has", async () => {
      const args = { city: "Graz" };
      const call = (name: string, id?: string) => ({
        functionCall: { ...(id && { id }), name, args },
      });
      const calls = [call("weather"), call("news"), call("fares", "fc_1"), call("trains", "")];
      const server = await serve(playsEvents([chunk(calls, "STOP")]));
      const ids: string[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
        const told = parts.filter((part): part is ToolCallPart => part.type === "tool-call");
        expect(told.map(({ name, input }) => [name, input])).toEqual([
          ["weather", args],
          ["news", args],
          ["fares", args],
          ["trains", args],
        ]);
        expect(told[2]?.id).toBe("fc_1");
        expect(parts.at(-1)).toEqual({
          type: "finish",
          reason: "tool-calls",
          vendorReason: "STOP",
        });
        ids.push(...told.filter(({ name }) => name !== "fares").map(({ id }) => id));
      }
      expect(new Set(ids).size).toBe(6);
      for (const id of ids) expect(id).toMatch(/^call_\w{24}$/);
    });

    it("may be a call with the signature of its thought, which goes back with it", async () => {
      const functionCall = { name: "weather", args: { city: "Graz" } };
      const signed = { functionCall, thoughtSignature: "c2lnbmVk" };
      const server = await serve(playsEvents([chunk([signed], "STOP")]));
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      const call = parts.find(({ type }) => type === "tool-call") as ToolCallPart;
      const foreign = {
        type: "tool-call",
        id: "x",
        name: "news",
        input: {},
        signature: "claude:[]",
      } as const;
      const turn = { role: "assistant", content: [call, foreign] } as const;
      const messages = [...request.messages, turn];
      await outcomeOf(sdk.run({ ...request, messages }, context(server.url)));
      const { contents } = JSON.parse(server.requests[1]?.body ?? "");
      expect(contents[1].parts).toEqual([signed, { functionCall: { name: "news", args: {} } }]);
    });

    // pi#7047, hermes-agent#46077: Gemini 3 wants the ids of its calls back with the results.
    it("of Gemini 3's is told apart by its id, and one of another model's by a placeholder", async () => {
      const server = await serve(plays("gemini", "ok"));
      const content = ["a", "b"].map(
        (id) =>
          ({ type: "tool-call", id, name: "draw", input: {}, signature: "claude:x" }) as const,
      );
      const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
      const messages = [
        ...request.messages,
        { role: "assistant", content } as const,
        { role: "tool", toolCallId: "a", content: [image] } as const,
        { role: "tool", toolCallId: "b", content: [], isError: true } as const,
        ...request.messages,
      ];
      await outcomeOf(
        sdk.run({ ...request, model: "gemini-3-pro", messages }, context(server.url)),
      );
      const thoughtSignature = "skip_thought_signature_validator";
      const parts = [{ inlineData: { mimeType: "image/png", data: "aGk=" } }];
      expect(JSON.parse(server.requests[0]?.body ?? "").contents.slice(1)).toEqual([
        {
          role: "model",
          parts: ["a", "b"].map((id) => {
            return { functionCall: { id, name: "draw", args: {} }, thoughtSignature };
          }),
        },
        {
          role: "user",
          parts: [
            { functionResponse: { id: "a", name: "draw", response: { result: "" }, parts } },
            { functionResponse: { id: "b", name: "draw", response: { error: "" } } },
            { text: "Explain decorators" },
          ],
        },
      ]);
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

    it.each([
      ["answer", filteredAnswer("gemini")],
      ["prompt", playsEvents([dataEvent({ promptFeedback: { blockReason: "SAFETY" } })])],
    ])("whose %s the filter held back ends with that reason", async (_, answer) => {
      const server = await serve(answer);
      const { parts } = await outcomeOf(sdk.run(request, context(server.url)));
      const end = { type: "finish", reason: "content-filter", vendorReason: "SAFETY" };
      expect(parts.at(-1)).toEqual(end);
    });
  });

  describe("the request", () => {
    it("carries everything that the mode supports", async () => {
      const server = await serve(plays("gemini", "ok"));
      const { error } = await outcomeOf(sdk.run(full, context(server.url)));
      expect(error).toBeUndefined();
      expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ ...fullBody, ...own[sdkName] });
    });

    it("lets a newer model think by a level", async () => {
      const server = await serve(plays("gemini", "ok"));
      const asked = { ...request, model: "gemini-3-pro", reasoning: "high" } as const;
      await outcomeOf(sdk.run(asked, context(server.url)));
      expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
        generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: "high" } },
      });
    });

    it("is bound to its route whatever the environment says", async () => {
      vi.stubEnv("GEMINI_API_KEY", "other-key");
      vi.stubEnv("GOOGLE_API_KEY", "other-key");
      vi.stubEnv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9");
      vi.stubEnv("GOOGLE_GENAI_USE_VERTEXAI", "true");
      vi.stubEnv("GOOGLE_CLOUD_PROJECT", "stray");
      const server = await serve(plays("gemini", "ok"));
      const { error } = await outcomeOf(sdk.run(request, context(server.url)));
      expect(error).toBeUndefined();
      expect(server.requests[0]?.headers["x-goog-api-key"]).toBe(dummyKey);
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

  testSdkFailures("gemini", (given) => sdk.run(request, { ...given, options: { sdk: sdkName } }));
});

it("is refused where the option names no package that is known", async () => {
  const options = { sdk: "vertex" as "genai" };
  const { error } = await outcomeOf(sdk.run(request, { ...runContext("http://x"), options }));
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
});

function chunk(parts: readonly object[], finishReason: string, more: object = {}): string {
  return dataEvent({ candidates: [{ content: { role: "model", parts }, finishReason }], ...more });
}

const full: CanonicalRequest = {
  model: "gemini-2.5-flash",
  system: "Be brief.",
  temperature: 0.2,
  topP: 0.5,
  maxOutputTokens: 99,
  seed: 7,
  stop: ["END"],
  reasoning: "low",
  schema: { type: "object" },
  tools: [{ name: "weather", description: "Tells it.", inputSchema: { type: "object" } }],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "Look" },
        { type: "image", mediaType: "image/png", data: "aGk=" },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "tool-call", id: "a", name: "weather", input: { city: "Graz" } },
        { type: "tool-call", id: "b", name: "news", input: {} },
      ],
    },
    { role: "tool", toolCallId: "a", content: [{ type: "text", text: "sun" }] },
    { role: "tool", toolCallId: "b", content: [{ type: "text", text: "none" }] },
  ],
};

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

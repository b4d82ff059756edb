import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { createGemini } from "../src/create-gemini.ts";
import { sdk } from "../src/sdk/mode.ts";

const question: CanonicalRequest = {
  model: "gemini-2.0-flash",
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
};

const tools = [
  { name: "look", inputSchema: {} },
  { name: "ask", inputSchema: {} },
];

describe.each(["generative-ai", "genai"] as const)("the body, by @google/%s", (name) => {
  async function outcome(members: Partial<CanonicalRequest>) {
    const server = await serve(plays("gemini", '{"a":1}'));
    const context = runContext(server.url, { options: { sdk: name } });
    const { error } = await outcomeOf(sdk.run({ ...question, ...members }, context));
    return { error, body: JSON.parse(server.requests[0]?.body ?? "{}") };
  }
  const bodyOf = async (members: Partial<CanonicalRequest>) => (await outcome(members)).body;

  it("has the sampling parameters", async () => {
    const { generationConfig } = await bodyOf({
      topK: 40,
      presencePenalty: -0.5,
      frequencyPenalty: 0,
    });
    expect(generationConfig).toEqual({ topK: 40, presencePenalty: -0.5, frequencyPenalty: 0 });
  });

  it.each<[Partial<CanonicalRequest>, object | undefined]>([
    [{}, undefined],
    [{ toolChoice: "none" }, { mode: "NONE" }],
    [{ toolChoice: "required" }, { mode: "ANY" }],
    [{ toolChoice: { tool: "ask" } }, { mode: "ANY", allowedFunctionNames: ["ask"] }],
    [{ tools: [{ name: "look", inputSchema: {}, strict: true }] }, { mode: "VALIDATED" }],
  ])("has the choice of tools %j as %j", async (members, config) => {
    const { toolConfig } = await bodyOf({ tools, ...members });
    expect(toolConfig?.functionCallingConfig).toEqual(config);
  });

  it("asks for JSON, with a schema of a name and without one", async () => {
    const responseMimeType = "application/json";
    expect((await bodyOf({ json: true })).generationConfig).toEqual({ responseMimeType });
    const { generationConfig } = await bodyOf({ schema: { type: "object" }, schemaName: "city" });
    expect(generationConfig).toEqual({
      responseMimeType,
      responseJsonSchema: { type: "object", title: "city" },
    });
  });

  it("has the vendor's own members, merged into ours", async () => {
    const safetySettings = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "OFF" }];
    const vendor = {
      safetySettings,
      generationConfig: { mediaResolution: "MEDIA_RESOLUTION_LOW" },
      notYetKnown: { a: 1 },
    };
    const body = await bodyOf({ topK: 3, vendor });
    expect(body).toMatchObject({
      safetySettings,
      generationConfig: { topK: 3, mediaResolution: "MEDIA_RESOLUTION_LOW" },
      notYetKnown: { a: 1 },
    });
  });

  it.each([
    [{ model: "other" }, "model"],
    [{ contents: [] }, "contents"],
    [{ generationConfig: { candidateCount: 2 } }, "generationConfig.candidateCount"],
    [{ generationConfig: { topK: 5 } }, "generationConfig.topK"],
    [{ systemInstruction: "other" }, "systemInstruction"],
    [{ tools: [] }, "tools"],
  ])("lets nobody lay %j into it", async (vendor, at) => {
    const { error, body } = await outcome({ system: "Brief.", tools, topK: 3, vendor });
    expect(error).toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining(`request.vendor.gemini.${at}:`),
    });
    expect(body).toEqual({});
  });

  const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
  const none = undefined;

  it.each<[string, string, readonly unknown[]]>([
    ["gemini-2.5-flash", "thinkingBudget", [0, 512, 1024, 8192, 24_576, 24_576, 24_576]],
    // vercel/ai#8027, earendil-works/pi#3460: "This model only works in thinking mode."
    ["gemini-2.5-pro", "thinkingBudget", [128, 512, 1024, 8192, 24_576, 32_768, 32_768]],
    ["gemini-3-pro-preview", "thinkingLevel", ["low", "low", "low", "low", "high", "high", "high"]],
    [
      "gemini-3-flash-preview",
      "thinkingLevel",
      ["minimal", "minimal", "low", "medium", "high", "high", "high"],
    ],
    // checkmarble/llmberjack#14
    ["gemini-3.7-flash", "thinkingLevel", ["low", "low", "low", "medium", "high", "high", "high"]],
    // earendil-works/pi#2812: LOW and MEDIUM are refused
    [
      "gemma-4-31b-it",
      "thinkingLevel",
      ["minimal", "minimal", "minimal", "high", "high", "high", "high"],
    ],
    ["gemini-2.0-flash", "thinkingLevel", [none, none, none, none, none, none, none]],
  ])("tells %s how long to think by its %s", async (model, member, sent) => {
    const configs = await Promise.all(
      levels.map(async (reasoning) => (await bodyOf({ model, reasoning })).generationConfig),
    );
    const thinking = configs.map((config) => config?.thinkingConfig);
    expect(thinking.map((config) => config?.[member])).toEqual(sent);
    expect(thinking[0]?.includeThoughts).toBeUndefined();
  });
});

describe("a client", () => {
  const ask = async (model: string, request: object) => {
    const server = await serve(plays("gemini", '{"a":1}'));
    await using gemini = createGemini({
      apiKey: "dummy-key-members",
      baseUrl: server.url,
      secrets: false,
      cache: false,
      only: "sdk",
      retry: 0,
    });
    const messages = [{ role: "user", content: "Hello" }];
    const asked = { messages, model, ...request } as Parameters<typeof gemini.chat>[0];
    return await gemini.chat(asked).then(
      () => "answered",
      (error) => `${error.code}: ${error.message}`,
    );
  };
  const schema = { jsonSchema: { type: "object" }, validate: (value: unknown) => value };

  it.each([
    // google-gemini/cookbook#1290: "Penalty is not enabled for this model"
    ["gemini-2.5-flash", { presencePenalty: 1 }, "refuse penalties"],
    ["models/gemini-3-pro", { frequencyPenalty: 1 }, "refuse penalties"],
    // googleapis/python-genai#867
    ["gemini-2.5-flash", { tools, schema }, "take no tools if the answer must be JSON"],
    ["gemini-2.5-flash", { tools, json: true }, "take no tools if the answer must be JSON"],
    // vercel/ai#16540: "Forced function calling (ANY mode) with a response mime type"
    ["gemini-3-pro", { tools, schema, toolChoice: "required" }, "cannot be forced to call a tool"],
    ["gemini-2.0-flash", { reasoning: "low" }, "does not think"],
    ["gemini-2.5-flash", { tools, parallelTools: false }, "limit a model to one call"],
  ])("does not ask %s for %j", async (model, request, reason) => {
    const said = await ask(model, request);
    expect(said).toContain("UNSUPPORTED_FEATURE");
    expect(said).toContain(reason);
  });

  it.each([
    ["gemini-2.0-flash", { presencePenalty: 1, frequencyPenalty: 1 }],
    ["gemini-3-pro", { tools, schema }],
    ["gemini-3-pro", { tools, schema, toolChoice: "none" }],
    ["gemini-2.0-flash", { reasoning: "none" }],
    ["gemini-2.5-flash", { json: true }],
  ])("asks %s for %j", async (model, request) => {
    expect(await ask(model, request)).toBe("answered");
  });
});

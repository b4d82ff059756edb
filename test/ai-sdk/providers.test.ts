import { createAcc, type LanguageModelV3 } from "@acc/ai-sdk";
import { createAcc as createAccV2, type LanguageModelV2 } from "@acc/ai-sdk/v2";
import { createAcc as createAccV4, type LanguageModelV4 } from "@acc/ai-sdk/v4";
import { createClaude } from "@acc/claude";
import { type Client, chain } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import * as ai6 from "ai";
import * as ai5 from "ai-5";
import * as ai7 from "ai-7";
import { describe, expect, expectTypeOf, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { claudePlays, inTurn } from "./claude-answers.ts";
import { bodyOf, collect, sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

async function clients() {
  const server = await serve(plays("claude", "Hello."));
  const claude = createClaude(sdkAt(server));
  return { server, named: { claude, "eu/claude": claude, best: chain([claude]) } };
}
const prompt = "Hi";

describe("the AI SDK's own ways to a model", () => {
  it("take ours in a registry", async () => {
    const { named, server } = await clients();
    const five = ai5.createProviderRegistry({ acc: createAccV2(named) });
    const six = ai6.createProviderRegistry({ acc: createAcc(named) });
    const seven = ai7.createProviderRegistry({ acc: createAcc(named), four: createAccV4(named) });
    const id = "acc:claude/claude-haiku-4-5";
    expect((await ai5.generateText({ model: five.languageModel(id), prompt })).text).toBe("Hello.");
    expect((await ai6.generateText({ model: six.languageModel(id), prompt })).text).toBe("Hello.");
    for (const each of [id, "four:best"] as const) {
      const model = seven.languageModel(each);
      expect((await ai7.generateText({ model, prompt })).text).toBe("Hello.");
    }
    expect(bodyOf(server, 0).model).toBe("claude-haiku-4-5");
    expect(() => seven.languageModel("acc:nobody")).toThrow(/No such languageModel/);
    expect(() => six.embeddingModel("acc:claude")).toThrow(/No such embeddingModel/);
    expect(() => five.textEmbeddingModel("acc:claude")).toThrow(/No such embeddingModel/);
    expect(() => seven.imageModel("acc:claude")).toThrow(/No such imageModel/);
  });

  it("take ours as a custom provider's", async () => {
    const { named } = await clients();
    const acc = createAcc(named);
    const five = ai5.customProvider({ languageModels: { quick: createAccV2(named)("best") } });
    const six = ai6.customProvider({
      languageModels: { quick: acc("best") },
      fallbackProvider: acc,
    });
    const seven = ai7.customProvider({
      languageModels: { quick: acc("best") },
      fallbackProvider: acc,
    });
    const models = [six.languageModel("quick"), six.languageModel("claude" as "quick")];
    for (const model of models) {
      expect((await ai6.generateText({ model, prompt })).text).toBe("Hello.");
    }
    const model = seven.languageModel("quick");
    expect((await ai7.generateText({ model, prompt })).text).toBe("Hello.");
    const old = five.languageModel("quick");
    expect((await ai5.generateText({ model: old, prompt })).text).toBe("Hello.");
  });

  it("take ours wrapped in middleware", async () => {
    const { named } = await clients();
    const middleware = [
      ai7.extractReasoningMiddleware({ tagName: "think" }),
      ai7.defaultSettingsMiddleware({ settings: { maxOutputTokens: 9 } }),
    ];
    const model = ai7.wrapLanguageModel({ model: createAcc(named)("claude"), middleware });
    expect((await ai7.generateText({ model, prompt })).text).toBe("Hello.");
    const six = ai6.wrapLanguageModel({
      model: createAcc(named)("claude"),
      middleware: ai6.simulateStreamingMiddleware(),
    });
    const { textStream } = ai6.streamText({ model: six, prompt });
    expect((await collect(textStream)).join("")).toBe("Hello.");
    const five = ai5.wrapLanguageModel({
      model: createAccV2(named)("claude"),
      middleware: ai5.defaultSettingsMiddleware({ settings: { maxOutputTokens: 9 } }),
    });
    expect((await ai5.generateText({ model: five, prompt })).text).toBe("Hello.");
  });

  it("take ours in an agent that uses tools", async () => {
    const server = await serve(
      inTurn(
        claudePlays({ tool: "add", id: "toolu_1", input: { a: 1, b: 2 } }),
        claudePlays({ text: "Three." }),
      ),
    );
    const model = createAcc({ claude: createClaude(sdkAt(server)) })("claude");
    const inputSchema = ai7.jsonSchema<{ a: number; b: number }>({ type: "object" });
    const execute = async ({ a, b }: { a: number; b: number }) => a + b;
    const agent = new ai7.ToolLoopAgent({
      model,
      tools: { add: ai7.tool({ inputSchema, execute }) },
    });
    expect((await agent.generate({ prompt: "What is 1 + 2?" })).text).toBe("Three.");
    expect(JSON.stringify(bodyOf(server).messages.at(-1))).toContain("3");
  });

  it("stream ours to a browser", async () => {
    const { named } = await clients();
    const responses = [
      ai5.streamText({ model: createAccV2(named)("best"), prompt }).toUIMessageStreamResponse(),
      ai6.streamText({ model: createAcc(named)("best"), prompt }).toUIMessageStreamResponse(),
      ai7.streamText({ model: createAccV4(named)("best"), prompt }).toUIMessageStreamResponse(),
    ];
    for (const response of responses) {
      const body = await response.text();
      expect(body).toContain('"type":"text-delta"');
      expect(body).toContain("Hello.");
      expect(body).toContain("[DONE]");
    }
  });

  it("name a client by the longest name that fits, and its model by the rest", async () => {
    const groqServer = await serve(plays("groq", "ok"));
    const { named, server } = await clients();
    const acc = createAcc({ ...named, groq: createGroq(sdkAt(groqServer)) });
    await ai7.generateText({ model: acc("groq/openai/gpt-oss-120b"), prompt });
    expect(bodyOf(groqServer).model).toBe("openai/gpt-oss-120b");
    await ai7.generateText({ model: acc("eu/claude/claude-opus-5"), prompt });
    expect(bodyOf(server).model).toBe("claude-opus-5");
    expect(acc("groq/openai/gpt-oss-120b")).toMatchObject({
      provider: "acc",
      modelId: "groq/openai/gpt-oss-120b",
    });
  });

  it.each(["", "/", "claude/", "nobody", "nobody/claude"])("have no model %j", async (id) => {
    const { named } = await clients();
    for (const make of [createAcc, createAccV2, createAccV4]) {
      const acc = make(named);
      for (const ask of [acc, acc.languageModel]) {
        expect(() => ask(id)).toThrow(expect.objectContaining({ name: "AI_NoSuchModelError" }));
      }
    }
  });
});

describe.each([
  [{}, "createAcc needs at least one client."],
  [undefined, "createAcc needs at least one client."],
  [{ claude: undefined }, "clients.claude is not a client."],
  [{ claude: createClaude }, "clients.claude is not a client."],
])("createAcc(%j)", (given, message) => {
  it("says what is wrong", () => {
    const wrong = given as Record<string, Client>;
    for (const make of [createAcc, createAccV2, createAccV4]) {
      expect(() => make(wrong)).toThrow(
        expect.objectContaining({ code: "INVALID_REQUEST", message }),
      );
    }
  });
});

it("gives each version of the AI SDK models of the version that it takes without a warning", () => {
  expectTypeOf<LanguageModelV2>().toExtend<ai5.LanguageModel>();
  expectTypeOf<LanguageModelV3>().not.toExtend<ai5.LanguageModel>();
  expectTypeOf<LanguageModelV3>().toExtend<ai6.LanguageModel>();
  expectTypeOf<LanguageModelV4>().not.toExtend<ai6.LanguageModel>();
  expectTypeOf<LanguageModelV3>().toExtend<ai7.LanguageModel>();
  expectTypeOf<LanguageModelV4>().toExtend<ai7.LanguageModel>();
  expect(
    versions.map(({ name, createAcc: make }) => [
      name,
      make({ a: createClaude() })("a").specificationVersion,
    ]),
  ).toEqual([
    ["ai 5", "v2"],
    ["ai 6", "v3"],
    ["ai 7", "v3"],
    ["ai 7 by v4", "v4"],
  ]);
});

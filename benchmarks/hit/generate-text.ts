import { createAcc } from "@acc/ai-sdk/v4";
import type { ResponseCache } from "@acc/cache";
import { createGroq } from "@acc/groq";
import { generateText, type LanguageModel } from "ai";
import { key } from "../harness/dummy-key.ts";
import type { Asks } from "./ours-with-cache.ts";

const model = "openai/gpt-oss-120b";

type Model = Exclude<LanguageModel, string>;
type Generated = Awaited<ReturnType<Extract<Model, { specificationVersion: "v4" }>["doGenerate"]>>;

/** `generateText` of `ai` on a client of ours over this cache. */
export function generatesFrom(baseUrl: string, cache: ResponseCache) {
  const groq = createGroq({ apiKey: key, baseUrl, secrets: false, cache, model });
  return {
    ask: generates(createAcc({ groq })("groq")),
    [Symbol.asyncDispose]: () => groq.close(),
  };
}

/** `generateText` on a model that has its answer: what `ai` itself takes. */
export function generatesConstant(text: string): Asks {
  const generated: Generated = {
    content: [{ type: "text", text }],
    finishReason: { unified: "stop", raw: "stop" },
    usage: {
      inputTokens: { total: 11, noCache: 11, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 7, text: 7, reasoning: 0 },
    },
    warnings: [],
  };
  return generates({
    specificationVersion: "v4",
    provider: "constant",
    modelId: "constant",
    supportedUrls: {},
    doGenerate: async () => generated,
    doStream: () => Promise.reject(new Error("Only generateText is measured.")),
  });
}

function generates(model: LanguageModel): Asks {
  return async (prompt) => (await generateText({ model, prompt, maxRetries: 0 })).text;
}

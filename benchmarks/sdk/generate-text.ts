import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { createGroq } from "@acc/groq";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGroq as createAiGroq } from "@ai-sdk/groq";
import { generateText, type LanguageModel } from "ai";
import { key } from "../harness/dummy-key.ts";
import { type Call, ownOptions } from "./calls.ts";

const models = { claude: "claude-sonnet-5-5", groq: "openai/gpt-oss-120b" } as const;

/** The same program of the AI SDK over our clients and over its own providers. */
export interface GenerateTextCalls {
  readonly vendor: keyof typeof models;
  readonly ours: Call;
  readonly peer: Call;
}

export function generateTextCalls(url: string): {
  readonly calls: readonly GenerateTextCalls[];
  close(): Promise<void>;
} {
  const clients = { claude: createClaude(ownOptions(url)), groq: createGroq(ownOptions(url)) };
  const acc = createAcc(clients);
  const peers = {
    claude: createAnthropic({ apiKey: key, baseURL: `${url}/v1` })(models.claude),
    groq: createAiGroq({ apiKey: key, baseURL: `${url}/openai/v1` })(models.groq),
  };
  const calls = (["claude", "groq"] as const).map((vendor) => ({
    vendor,
    ours: generates(`@acc/ai-sdk, ${vendor}`, "ours", acc(`${vendor}/${models[vendor]}`)),
    peer: generates(`@ai-sdk/${vendor === "claude" ? "anthropic" : vendor}`, "peer", peers[vendor]),
  }));
  return {
    calls,
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client.close()));
    },
  };
}

/** The program over a model that asks by this call and does nothing else: no provider over it takes less. */
export function generatesOver({ name, ask }: Call): Call {
  const usage = { total: 7, noCache: 7, cacheRead: 0, cacheWrite: 0, text: 7, reasoning: 0 };
  const model: Exclude<LanguageModel, string> = {
    specificationVersion: "v4",
    provider: "bare",
    modelId: "bare",
    supportedUrls: {},
    async doGenerate({ prompt }) {
      const [piece] = prompt.at(-1)?.content ?? [];
      const asked = typeof piece === "object" && piece.type === "text" ? piece.text : "";
      return {
        content: [{ type: "text", text: await ask(asked) }],
        finishReason: { unified: "stop", raw: undefined },
        usage: { inputTokens: usage, outputTokens: usage },
        warnings: [],
      };
    },
    doStream() {
      throw new Error("only whole answers are asked for");
    },
  };
  return generates(`generateText, ${name}`, "floor", model);
}

function generates(name: string, kind: Call["kind"], model: LanguageModel): Call {
  const ask = async (prompt: string) => (await generateText({ model, prompt, maxRetries: 0 })).text;
  return { name, kind, ask };
}

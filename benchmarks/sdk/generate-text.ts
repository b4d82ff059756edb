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

function generates(name: string, kind: Call["kind"], model: LanguageModel): Call {
  const ask = async (prompt: string) => (await generateText({ model, prompt, maxRetries: 0 })).text;
  return { name, kind, ask };
}

import {
  type CanonicalRequest,
  type Lack,
  type ModeFeatures,
  thinksNot,
} from "@acc/dual-mode/provider";
import { thoughtless } from "./thinking.ts";

const lacks: readonly Lack[] = [
  { features: ["topK"], reason: "Groq's API has no such parameter." },
  { features: ["files", "fileUrls"], reason: "Groq's API takes no files." },
  {
    features: ["presencePenalty", "frequencyPenalty"],
    reason: "Groq's API says that none of its models supports it yet.",
  },
  thinksNot(thoughtless),
  {
    features: ["images", "imageUrls"],
    models: /^(openai\/|llama-|moonshotai\/|gemma|compound|groq\/)|^qwen\/qwen3-/,
    reason: "This model sees no images.",
  },
  {
    features: ["tools", "toolChoice", "parallelTools", "strictTools"],
    models: /^(compound|groq\/)|llama-guard/,
    reason: "This model takes no tools from the caller.",
  },
  {
    // https://console.groq.com/docs/structured-outputs
    features: ["strictTools"],
    models: /^(?!openai\/)/,
    reason: "Groq enforces a tool's schema only for GPT-OSS.",
  },
  {
    // https://console.groq.com/docs/structured-outputs
    features: ["schema"],
    models: /^(llama-|gemma|compound|groq\/)|^qwen\/qwen3-/,
    reason: "This model does not support a schema: ask for json, or use another model.",
  },
  {
    // vercel/ai#16540, agno-agi/agno#1065
    features: ["schema", "json"],
    models: /./,
    when: ({ tools }: CanonicalRequest) => tools !== undefined,
    reason: "Groq takes no tools if the answer must be JSON.",
  },
];

/** `acc-groq` sends the same body as the SDK mode, without what its protocol does not support. */
export const cliFeatures: ModeFeatures = {
  supports: [
    "system",
    "multiTurn",
    "temperature",
    "topP",
    "stop",
    "maxOutputTokens",
    "seed",
    "reasoning",
    "schema",
    "json",
    "tools",
    "toolChoice",
    "parallelTools",
    "strictTools",
    "images",
    "imageUrls",
    "systemTurns",
  ],
  lacks: [
    ...lacks,
    {
      features: ["vendor"],
      reason: "The protocol for commands has no such member: it is only for the SDK mode.",
    },
  ],
};

export const sdkFeatures: ModeFeatures = { supports: [...cliFeatures.supports, "vendor"], lacks };

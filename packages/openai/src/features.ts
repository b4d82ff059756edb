import { type Lack, type ModeFeatures, thinksNot } from "@acc/dual-mode/provider";

/** Models that think before they answer: https://platform.openai.com/docs/guides/reasoning */
const thinks = /^(o\d|codex-|gpt-([5-9]|\d\d)(?!(\.\d)?-chat))/;
const thoughtless = /^(gpt-[1-4]|chatgpt|gpt-5(\.\d)?-chat)/;

const common: readonly Lack[] = [
  { features: ["topK"], reason: "OpenAI's API has no such parameter." },
  thinksNot(thoughtless),
];

export const sdkFeatures: ModeFeatures = {
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
    "tools",
    "images",
    "imageUrls",
    "files",
    "fileUrls",
    "systemTurns",
    "toolChoice",
    "parallelTools",
    "strictTools",
    "presencePenalty",
    "frequencyPenalty",
    "json",
    "vendor",
  ],
  lacks: [
    ...common,
    {
      features: ["temperature", "topP", "presencePenalty", "frequencyPenalty"],
      models: thinks,
      reason: "A model that thinks takes no sampling parameters.",
    },
  ],
};

/** The features of Codex's app server, for one turn. */
export const cliFeatures: ModeFeatures = {
  supports: ["system", "multiTurn", "systemTurns", "schema", "reasoning", "tools", "images"],
  lacks: [
    ...common,
    { features: ["imageUrls"], reason: "Codex fetches no images, and passes on no URL." },
    {
      features: [
        "temperature",
        "topP",
        "stop",
        "maxOutputTokens",
        "seed",
        "presencePenalty",
        "frequencyPenalty",
      ],
      reason: "Codex has no such setting.",
    },
    {
      features: [
        "toolChoice",
        "parallelTools",
        "strictTools",
        "json",
        "files",
        "fileUrls",
        "vendor",
      ],
      reason: "Codex's app server takes no such member: it is only for the SDK mode.",
    },
  ],
};

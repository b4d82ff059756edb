import { forcesCall, type Lack, type ModeFeatures, thinksNot } from "@acc/dual-mode/provider";
import { thoughtless } from "./thinking.ts";

/** What models refuse in both modes. */
const ofModels: readonly Lack[] = [
  thinksNot(thoughtless),
  {
    // google-gemini/cookbook#1290, vercel/ai#8943
    features: ["presencePenalty", "frequencyPenalty"],
    models: /^(?!.*gemini-2\.0)/,
    reason: "Gemini's models after 2.0 refuse penalties.",
  },
  {
    // iyulab/ironhive 0.78.0
    features: ["temperature", "topP", "topK"],
    models: /gemini-4-hydrogen/,
    reason: "This model refuses sampling parameters.",
  },
  {
    // googleapis/python-genai#867, symfony/ai#1777
    features: ["schema", "json"],
    models: /gemini-[12]\b/,
    when: ({ tools }) => tools !== undefined,
    reason: "Gemini's models before 3 take no tools if the answer must be JSON.",
  },
  {
    // vercel/ai#16540
    features: ["schema", "json"],
    models: /./,
    when: forcesCall,
    reason: "Gemini cannot be forced to call a tool if the answer must be JSON.",
  },
];

/** What the API does not support. */
const ofApi: readonly Lack[] = [
  {
    features: ["parallelTools"],
    reason: "Gemini's API cannot limit a model to one call.",
  },
  {
    features: ["systemTurns"],
    reason: "Gemini's API has no system message after the first turn.",
  },
];

/** Gemini CLI, with its settings. */
export const cliFeatures: ModeFeatures = {
  supports: [
    "system",
    "multiTurn",
    "temperature",
    "topP",
    "topK",
    "stop",
    "maxOutputTokens",
    "seed",
    "presencePenalty",
    "frequencyPenalty",
    "reasoning",
    "schema",
    "json",
    "tools",
    "toolChoice",
    "strictTools",
    "images",
    "files",
    "imageUrls",
    "fileUrls",
  ],
  lacks: [
    ...ofModels,
    ...ofApi,
    {
      features: ["vendor"],
      reason: "Gemini CLI builds its requests itself: this is only for the SDK mode.",
    },
  ],
};

/** The API, through either of Google's packages. */
export const sdkFeatures: ModeFeatures = {
  supports: [...cliFeatures.supports, "vendor"],
  lacks: [...ofModels, ...ofApi],
};

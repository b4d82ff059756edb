import { forcesCall, type Lack, type ModeFeatures } from "@acc/dual-mode/provider";
import { takesSystemTurns } from "./sdk/system-turns.ts";

const noSampling: Lack = {
  features: ["temperature", "topP", "topK", "seed", "presencePenalty", "frequencyPenalty"],
  reason: "Claude's API has no such parameter in the version that is used.",
};
const noFreeJson: Lack = {
  features: ["json"],
  reason: "Claude's API returns JSON only with a schema: give one.",
};

/** What models refuse in both modes. */
const ofModels: readonly Lack[] = [
  {
    // can1357/oh-my-pi#12939, stdapi-ai/stdapi.ai#284
    features: ["toolChoice"],
    models: /-(opus|sonnet)-5-[5-9](-|$)|-(fable|mythos)-5-[1-9](-|$)/,
    when: forcesCall,
    reason:
      "This model cannot be forced to call a tool: leave toolChoice out, or use another model.",
  },
  {
    // langchain-ai/langchain#35539; later models take both: langchain-ai/langchain-aws#1141
    features: ["reasoning"],
    models: /-4-[1-7](-|$)|-mythos-preview(-|$)/,
    when: (request) => request.reasoning !== "none" && forcesCall(request),
    reason: "This model does not think when it is forced to call a tool.",
  },
];

/** The Messages API, as @anthropic-ai/sdk 1.12.0 types it. */
export const sdkFeatures: ModeFeatures = {
  supports: [
    "system",
    "multiTurn",
    "stop",
    "maxOutputTokens",
    "reasoning",
    "schema",
    "tools",
    "toolChoice",
    "parallelTools",
    "strictTools",
    "images",
    "files",
    "imageUrls",
    "fileUrls",
    "systemTurns",
    "vendor",
  ],
  lacks: [
    noSampling,
    noFreeJson,
    ...ofModels,
    {
      features: ["systemTurns"],
      when: ({ model }) => !takesSystemTurns(model),
      reason: "Claude takes a system message after the first turn from 4.8 on.",
    },
  ],
};

/** Claude Code. It has no sampling parameters and no limit on the answer's length. */
export const cliFeatures: ModeFeatures = {
  supports: [
    "system",
    "multiTurn",
    "schema",
    "reasoning",
    "tools",
    "toolChoice",
    "parallelTools",
    "images",
    "files",
    "imageUrls",
    "fileUrls",
  ],
  lacks: [
    noSampling,
    noFreeJson,
    ...ofModels,
    { features: ["strictTools"], reason: "Claude Code's tool list has no such member." },
    {
      features: ["systemTurns"],
      reason: "Claude Code gets a conversation as one user prompt.",
    },
    { features: ["stop", "maxOutputTokens"], reason: "Claude Code has no option for it." },
    {
      features: ["vendor"],
      reason: "Claude Code builds its requests itself: this is only for the SDK mode.",
    },
  ],
};

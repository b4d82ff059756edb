import { forcesCall, type Lack, type ModeFeatures } from "@acc/dual-mode/provider";
import { takesSystemTurns } from "./sdk/system-turns.ts";

const noSampling: Lack = {
  features: ["temperature", "topP", "topK", "seed", "presencePenalty", "frequencyPenalty"],
  reason: "Claude's API has no such parameter in the version that is asked.",
};
const noFreeJson: Lack = {
  features: ["json"],
  reason: "Claude's API holds an answer to a schema alone: give one.",
};

/** What models refuse, whichever mode asks them. */
const ofModels: readonly Lack[] = [
  {
    // can1357/oh-my-pi#12939, stdapi-ai/stdapi.ai#284
    features: ["toolChoice"],
    models: /-(opus|sonnet)-5-[5-9](-|$)|-(fable|mythos)-5-[1-9](-|$)/,
    when: forcesCall,
    reason: "This model refuses to be forced to a call: leave toolChoice to it, or ask another.",
  },
  {
    // langchain-ai/langchain#35539; later models take both: langchain-ai/langchain-aws#1141
    features: ["reasoning"],
    models: /-4-[1-7](-|$)|-mythos-preview(-|$)/,
    when: (request) => request.reasoning !== "none" && forcesCall(request),
    reason: "This model does not think where it is forced to a call.",
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
      reason: "Claude takes a system message behind the first turn from 4.8 on.",
    },
  ],
};

/** Claude Code: it takes no sampling parameter and no bound of the answer's length. */
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
    { features: ["strictTools"], reason: "What lists tools to Claude Code has no word for it." },
    {
      features: ["systemTurns"],
      reason: "Claude Code gets a conversation as one prompt of the user's.",
    },
    { features: ["stop", "maxOutputTokens"], reason: "Claude Code has no option for it." },
    {
      features: ["vendor"],
      reason: "Claude Code builds its requests itself: they are for the SDK mode.",
    },
  ],
};

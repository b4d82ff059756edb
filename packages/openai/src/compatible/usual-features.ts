import type { Feature, Lack } from "@acc/dual-mode/provider";

/** The features that a server is expected to have unless it is described otherwise. */
export const usualFeatures: readonly Feature[] = [
  "system",
  "systemTurns",
  "multiTurn",
  "temperature",
  "topP",
  "stop",
  "maxOutputTokens",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "schema",
  "json",
  "tools",
  "images",
  "vendor",
];

/** Features to tell a server which tools to call, and whether in parallel. */
export const toolChoices: readonly Feature[] = ["toolChoice", "parallelTools"];

export function usualWithout(...names: readonly Feature[]): readonly Feature[] {
  return usualFeatures.filter((feature) => !names.includes(feature));
}

/** For servers that can require a call, but not of a particular tool. */
export function noNamedChoice(reason: string): Lack {
  return {
    features: ["toolChoice"],
    when: ({ toolChoice }) => typeof toolChoice === "object",
    reason,
  };
}

/** For servers of chat completions, whose messages cannot refer to a file by its URL. */
export const noFileUrls: Lack = {
  features: ["fileUrls"],
  reason: "Chat completions take files only as bytes.",
};

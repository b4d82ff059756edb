import type { Feature, Lack } from "@acc/dual-mode/provider";

/** What a server is taken to have of which nobody says otherwise. */
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

/** How a server is told which tools to call, and how many. */
export const toolChoices: readonly Feature[] = ["toolChoice", "parallelTools"];

export function usualWithout(...names: readonly Feature[]): readonly Feature[] {
  return usualFeatures.filter((feature) => !names.includes(feature));
}

/** Of a server that is told to call some tool, and not which. */
export function noNamedChoice(reason: string): Lack {
  return {
    features: ["toolChoice"],
    when: ({ toolChoice }) => typeof toolChoice === "object",
    reason,
  };
}

/** Chat completions have no such members. */
export const noFileUrls: Lack = {
  features: ["fileUrls"],
  reason: "Chat completions take files only as bytes.",
};

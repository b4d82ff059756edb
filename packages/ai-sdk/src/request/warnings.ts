import type { Feature, Warning } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";

/** The AI SDK's names for features that it calls differently. */
const names: Readonly<Partial<Record<Feature, string>>> = {
  stop: "stopSequences",
  json: "responseFormat",
  strictTools: "strict",
  vendor: "providerOptions.acc.vendor",
};

export function unsupportedWarning(feature: string, details: string): CallWarning {
  return { type: "unsupported", feature, details };
}

/** Converts a warning to those of the AI SDK, one for each feature. */
export function toCallWarnings({ message, features = [] }: Warning): CallWarning[] {
  if (features.length === 0) return [{ type: "other", message }];
  return features.map((feature) => unsupportedWarning(names[feature] ?? feature, message));
}

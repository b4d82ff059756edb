import type { Feature, Warning } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";

/** What the AI SDK calls a feature of ours, where it has another name for it. */
const names: Readonly<Partial<Record<Feature, string>>> = {
  stop: "stopSequences",
  json: "responseFormat",
  strictTools: "strict",
  vendor: "providerOptions.acc.vendor",
};

export function unsupportedWarning(feature: string, details: string): CallWarning {
  return { type: "unsupported", feature, details };
}

/** What the engine has to tell of an answer, in the AI SDK's own shape, a warning a feature. */
export function toCallWarnings({ message, features = [] }: Warning): CallWarning[] {
  if (features.length === 0) return [{ type: "other", message }];
  return features.map((feature) => unsupportedWarning(names[feature] ?? feature, message));
}

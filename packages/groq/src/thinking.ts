import { type CanonicalRequest, nearestLevel } from "@acc/dual-mode/provider";
import type { ChatCompletionCreateParamsStreaming as Body } from "groq-sdk/resources/chat/completions";

/** Models that refuse a reasoning_effort because they do not think. */
export const thoughtless: RegExp = /^(llama-|meta-llama\/|moonshotai\/|gemma|compound|groq\/)/;

/**
 * Converts the reasoning level, according to the SDK's types. GPT-OSS returns its reasoning
 * separately by default, and its thinking cannot be turned off. The others mix it into the text
 * unless told otherwise, and, except for Qwen 3.8, have thinking only on or off.
 */
export function toReasoning({
  model,
  reasoning,
}: Pick<CanonicalRequest, "model" | "reasoning">): Partial<Body> {
  if (reasoning === undefined || thoughtless.test(model)) return {};
  const level = nearestLevel(reasoning, ["low", "medium", "high"]);
  if (model.startsWith("openai/")) return { reasoning_effort: level };
  if (reasoning === "none") return { reasoning_effort: "none" };
  const reasoning_effort = model.startsWith("qwen/qwen3.8") ? level : "default";
  return { reasoning_effort, reasoning_format: "parsed" };
}

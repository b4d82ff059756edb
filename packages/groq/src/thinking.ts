import { type CanonicalRequest, nearestLevel } from "@acc/dual-mode/provider";
import type { ChatCompletionCreateParamsStreaming as Body } from "groq-sdk/resources/chat/completions";

/** Models that refuse a reasoning_effort, for they do not think. */
export const thoughtless: RegExp = /^(llama-|meta-llama\/|moonshotai\/|gemma|compound|groq\/)/;

/**
 * As the SDK's types have it. GPT-OSS gives its reasoning apart by itself, and cannot be kept from
 * it; the others mix it into the text unless told, and but for Qwen 3.8 think or do not.
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

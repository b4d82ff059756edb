import { type CanonicalRequest, isMembers } from "@acc/dual-mode/provider";
import type { CompatibleServer } from "./server.ts";
import { usualWithout } from "./usual-features.ts";

/** Whether the model thinks: it does unless DeepSeek's own member turns it off. */
const thinks = ({ vendor }: Pick<CanonicalRequest, "vendor">) =>
  !isMembers(vendor?.thinking) || vendor.thinking.type !== "disabled";
const andNotThink = 'vendor: { deepseek: { thinking: { type: "disabled" } } }';

/**
 * https://api-docs.deepseek.com/guides/thinking_mode, …/api/create-chat-completion and
 * …/quick_start/error_codes, 2026-11-29. The names deepseek-chat and deepseek-reasoner ended on
 * 2026-07-24 (…/news/news260424).
 */
export const deepSeek: CompatibleServer = {
  id: "deepseek",
  baseUrl: "https://api.deepseek.com/v1",
  key: { env: ["DEEPSEEK_API_KEY"], required: true },
  defaultModel: "deepseek-v4-flash",
  supports: [
    ...usualWithout("schema", "images", "seed", "presencePenalty", "frequencyPenalty"),
    "reasoning",
    "toolChoice",
  ],
  lacks: [
    {
      features: ["temperature"],
      when: thinks,
      reason: `A model that thinks ignores it. To turn thinking off: ${andNotThink}.`,
    },
    {
      // deepseek-ai/DeepSeek-V3#1376
      features: ["toolChoice"],
      when: thinks,
      reason: `A thinking model cannot be told which tool to call. To turn thinking off: ${andNotThink}.`,
    },
    {
      features: ["reasoning"],
      when: ({ reasoning }) => reasoning === "none",
      reason: `DeepSeek has its own member for it: ${andNotThink}.`,
    },
    { features: ["schema"], reason: "DeepSeek supports JSON only without a schema: ask for json." },
    {
      features: ["presencePenalty", "frequencyPenalty"],
      reason: "DeepSeek accepts the member but ignores it.",
    },
    { features: ["strictTools"], reason: "DeepSeek has it at another address, as a beta." },
    {
      features: ["seed", "topK", "parallelTools"],
      reason: "DeepSeek's documentation has no such member.",
    },
    {
      features: ["images", "imageUrls", "files", "fileUrls"],
      reason: "DeepSeek's API takes only text.",
    },
  ],
  reasoningLevels: ["low", "high", "max"],
  // deepseek-ai/DeepSeek-V3#1053: it wants thoughts back with tool calls
  reasoningMember: "reasoning_content",
  failures: [{ code: "QUOTA_EXHAUSTED", status: 402 }],
};

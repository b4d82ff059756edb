import type { CanonicalRequest } from "@acc/dual-mode/provider";

/**
 * Makes a model catalogue that contains only the requested model. For the models of its own
 * catalogue, Codex adds tools that no option removes.
 */
export function toCatalog({ model }: Pick<CanonicalRequest, "model">): string {
  const described = {
    slug: model,
    display_name: model,
    supported_reasoning_levels: [],
    shell_type: "disabled",
    visibility: "list",
    supported_in_api: true,
    priority: 1,
    support_verbosity: false,
    truncation_policy: { mode: "tokens", limit: 1_000_000_000 },
    experimental_supported_tools: [],
    base_instructions: "",
    supports_reasoning_summaries: true,
    supports_parallel_tool_calls: true,
    context_window: 100_000_000,
    input_modalities: ["text", "image"],
  };
  return JSON.stringify({ models: [described] });
}

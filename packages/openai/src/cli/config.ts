import type { CanonicalRequest, RunContext } from "@acc/dual-mode/provider";
import { commandKeyVariable } from "./key-variable.ts";

/** Features that would add tools, instructions or requests of Codex's own, or make it retry. */
const features = [
  ...["shell_tool", "unified_exec", "view_image", "goals", "apps", "plugins", "remote_plugin"],
  ...["hooks", "image_generation", "browser_use", "browser_use_external", "computer_use"],
  ...["in_app_browser", "tool_suggest", "skill_search", "skill_mcp_dependency_install"],
  ...["shell_snapshot", "memories", "sleep_tool", "fast_mode", "workspace_dependencies"],
  "unbounded_connection_retries",
];

const fixed = `model_provider = "acc"
model_reasoning_summary = "none"
sandbox_mode = "read-only"
approval_policy = "never"
web_search = "disabled"
project_doc_max_bytes = 0
project_root_markers = []
check_for_update_on_startup = false
include_permissions_instructions = false
include_apps_instructions = false
include_collaboration_mode_instructions = false
include_environment_context = false
`;

const tables = `
[agents]
enabled = false
[tools.experimental_request_user_input]
enabled = false
[history]
persistence = "none"
[skills]
include_instructions = false
bundled = { enabled = false }
[analytics]
enabled = false
[feedback]
enabled = false
[otel]
exporter = "none"
metrics_exporter = "none"
trace_exporter = "none"
[features]
${features.map((feature) => `${feature} = false\n`).join("")}`;

/** Only for keys: with a login, Codex itself knows the address. */
const addressForKeys = "https://api.openai.com/v1";

/**
 * Makes the configuration of one run, which sends one request to one address, and adds nothing to
 * it.
 */
export function toConfig(
  { model }: Pick<CanonicalRequest, "model">,
  { credential, baseUrl }: Pick<RunContext<object>, "credential" | "baseUrl">,
  catalog: string,
): string {
  const isKey = credential.kind === "key";
  const url = baseUrl ?? (isKey ? addressForKeys : undefined);
  return `model = ${quoted(model)}
model_catalog_json = ${quoted(catalog)}
${fixed}
[model_providers.acc]
name = "acc"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
${isKey ? `env_key = "${commandKeyVariable}"` : "requires_openai_auth = true"}
${url === undefined ? "" : `base_url = ${quoted(url)}`}
${tables}`;
}

/** A basic string of TOML has the same syntax as in JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

import {
  type CanonicalRequest,
  type CommandPlan,
  commandWord,
  type PrivateFolder,
  type RunContext,
} from "@acc/dual-mode/provider";
import { listTools, toolsEnvironment, toToolChoice } from "./list-tools.ts";
import { budgetOf } from "./one-request.ts";
import { toInput } from "./stdin.ts";
import { toThinkingOptions } from "./thinking.ts";
import { type ToolNames, toolNames } from "./tool-names.ts";
import { hasBare, warmsUp } from "./version.ts";

/** Limits a run to one attempt and one request, with nothing of this machine in it. */
const always = {
  CLAUDE_CODE_MAX_RETRIES: "0",
  CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: "1",
  CLAUDE_CODE_DISABLE_REFUSAL_RETRY: "1",
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
};

/**
 * Plans the run of `claude`: without its own tools, settings, hooks, servers, memory and session.
 */
export async function toPlan(
  request: CanonicalRequest,
  context: RunContext<object>,
  folder: PrivateFolder,
): Promise<CommandPlan> {
  const tools = toolNames(request);
  const canWait = context.standby !== undefined;
  const input = toInput(request, tools, context.version, canWait);
  const bare = context.credential.kind === "key" && hasBare(context.version);
  // Written even if empty: without it the CLI uses its own system prompt.
  const systemPrompt = await folder.write("system-prompt.md", request.system ?? "");
  return {
    args: [
      ...["-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages"],
      ...[
        "--model",
        commandWord("model", request.model),
        "--tools",
        "",
        "--system-prompt-file",
        systemPrompt,
      ],
      ...["--no-session-persistence", "--setting-sources", "", "--strict-mcp-config"],
      ...(await listTools(request, tools, context.version, folder)),
      ...["--disable-slash-commands", "--max-turns", "1"],
      ...(bare ? ["--bare"] : []),
      ...budgetOf(request, context.version),
      ...toThinkingOptions(request).args,
      ...input.args,
    ],
    stdin: input.stdin,
    // A process that waits for a message waits for the next one after its answer.
    ...(canWait && { dialogue: true, expendable: isExpendable(context) }),
    env: {
      ...(await environment(context, folder)),
      ...toolsEnvironment(request),
      ...wishes(request, tools),
    },
    keyVariable: "ANTHROPIC_API_KEY",
  };
}

/**
 * Whether the process can be killed at any time; with a login it may have to store a refreshed
 * token.
 */
export function isExpendable({
  credential,
  standby,
}: Pick<RunContext<object>, "credential" | "standby">): boolean {
  return standby !== undefined && credential.kind === "key";
}

/** Returns the settings for which the CLI has no option, as members of its request's body. */
function wishes(request: CanonicalRequest, names: ToolNames): Readonly<Record<string, string>> {
  const { budget, thinking } = toThinkingOptions(request);
  const choice = request.tools && toToolChoice(request, names);
  const body = { ...(thinking && { thinking }), ...(choice && { tool_choice: choice }) };
  return {
    ...(budget !== undefined && { MAX_THINKING_TOKENS: budget }),
    ...(Object.keys(body).length > 0 && { CLAUDE_CODE_EXTRA_BODY: JSON.stringify(body) }),
  };
}

async function environment(
  { baseUrl, credential, env, promptCache, version }: RunContext<object>,
  folder: PrivateFolder,
): Promise<Record<string, string>> {
  const withKey = credential.kind === "key";
  const configFolder = withKey ? await folder.folder("config") : env.CLAUDE_CONFIG_DIR;
  return {
    ...always,
    // With a login the config folder is the user's, and the CLI would write to it at every run.
    CLAUDE_CODE_PLUGIN_CACHE_DIR: await folder.folder("plugins"),
    // By default the CLI caches the beginning of the prompt, for five minutes with a key.
    ...(promptCache === "1h" && { ENABLE_PROMPT_CACHING_1H: "1" }),
    ...(warmsUp(version) && { CLAUDE_CODE_REMOTE: "true" }),
    ...(baseUrl !== undefined && { ANTHROPIC_BASE_URL: baseUrl }),
    ...(configFolder !== undefined && { CLAUDE_CONFIG_DIR: configFolder }),
  };
}

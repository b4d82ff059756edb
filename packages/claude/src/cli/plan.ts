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

/** One attempt, one request, and nothing of this machine in it. */
const always = {
  CLAUDE_CODE_MAX_RETRIES: "0",
  CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: "1",
  CLAUDE_CODE_DISABLE_REFUSAL_RETRY: "1",
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
};

/** How `claude` is run: without tools of its own, settings, hooks, servers, memory or a session. */
export async function toPlan(
  request: CanonicalRequest,
  context: RunContext<object>,
  folder: PrivateFolder,
): Promise<CommandPlan> {
  const tools = toolNames(request);
  const canWait = context.standby !== undefined;
  const input = toInput(request, tools, context.version, canWait);
  const bare = context.credential.kind === "key" && hasBare(context.version);
  // An empty file too: without one the CLI puts its own system prompt there.
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
    // What waits for a message waits for another behind it, until its answer is there.
    ...(canWait && { dialogue: true, expendable: isExpendable(context) }),
    env: {
      ...(await environment(context, folder)),
      ...toolsEnvironment(request),
      ...wishes(request, tools),
    },
    keyVariable: "ANTHROPIC_API_KEY",
  };
}

/** With a login it may have to store a refreshed token. */
export function isExpendable({
  credential,
  standby,
}: Pick<RunContext<object>, "credential" | "standby">): boolean {
  return standby !== undefined && credential.kind === "key";
}

/** What the CLI has no option for is laid into its body. */
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
    // With a login its folder is the user's, in which the CLI would write at every run.
    CLAUDE_CODE_PLUGIN_CACHE_DIR: await folder.folder("plugins"),
    // By itself it has the beginning of the prompt kept: five minutes long for a key.
    ...(promptCache === "1h" && { ENABLE_PROMPT_CACHING_1H: "1" }),
    ...(warmsUp(version) && { CLAUDE_CODE_REMOTE: "true" }),
    ...(baseUrl !== undefined && { ANTHROPIC_BASE_URL: baseUrl }),
    ...(configFolder !== undefined && { CLAUDE_CONFIG_DIR: configFolder }),
  };
}

import type {
  CanonicalRequest,
  CommandPlan,
  PrivateFolder,
  RunContext,
} from "@acc/dual-mode/provider";
import { toPrompt } from "./prompt.ts";
import { hasBare } from "./version.ts";

/** One attempt, one request, and nothing of this machine in it. */
const environment = {
  CLAUDE_CODE_MAX_RETRIES: "0",
  CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: "1",
  CLAUDE_CODE_DISABLE_REFUSAL_RETRY: "1",
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  DISABLE_AUTOUPDATER: "1",
  MAX_THINKING_TOKENS: "0",
  CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
};

/** How `claude` is run: without tools, settings, hooks, servers, memory or a session. */
export async function toPlan(
  request: CanonicalRequest,
  context: RunContext<object>,
  folder: PrivateFolder,
): Promise<CommandPlan> {
  const { baseUrl, credential, env, version } = context;
  const withKey = credential.kind === "key";
  // An empty file too: without one the CLI puts its own system prompt there.
  const systemPrompt = await folder.write("system-prompt.md", request.system ?? "");
  const configFolder = withKey ? await folder.folder("config") : env.CLAUDE_CONFIG_DIR;
  return {
    args: [
      ...["-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages"],
      ...["--model", request.model, "--tools", "", "--system-prompt-file", systemPrompt],
      ...["--no-session-persistence", "--setting-sources", "", "--strict-mcp-config"],
      ...["--disable-slash-commands", "--max-turns", "1"],
      ...(withKey && hasBare(version) ? ["--bare"] : []),
    ],
    stdin: toPrompt(request),
    env: {
      ...environment,
      ...(baseUrl !== undefined && { ANTHROPIC_BASE_URL: baseUrl }),
      ...(configFolder !== undefined && { CLAUDE_CONFIG_DIR: configFolder }),
    },
    keyVariable: "ANTHROPIC_API_KEY",
  };
}

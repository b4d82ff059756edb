import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  type Availability,
  findCommand,
  type ProbeContext,
  probeCommand,
  probeVersion,
} from "@acc/dual-mode/provider";
import { hasEffort, versionFault } from "./version.ts";

const install = "npm install -g @anthropic-ai/claude-code";

/** Looks for `claude`, its version and its login, without a call of the API. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const wellKnownFolders = ["~/.local/bin", "~/.claude/local"];
  const place = await findCommand(
    { name: "claude", provider: "claude", wellKnownFolders },
    context,
  );
  if (place === undefined) {
    const reason = "The command claude was not found.";
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  const command = place.path;
  const asked = [
    probeVersion(command, { own: "(Claude Code)", install }, context),
    loginOf(command, context),
  ] as const;
  // Where one fails, the other's process shall not outlast the probe.
  await Promise.allSettled(asked);
  const [found, login] = await Promise.all(asked);
  if (found.version === undefined) return found.availability;
  const { version } = found;
  const fault = versionFault(version);
  if (fault !== undefined) {
    const reason = `${command} is version ${version}; ${fault}.`;
    return { available: false, code: "CLI_TOO_OLD", reason, fix: `${install}@latest` };
  }
  return {
    available: true,
    command,
    version,
    ...(login !== undefined && { login }),
    ...(!hasEffort(version) && { supports: ["system", "multiTurn", "schema"] }),
  };
}

/** Undefined where the CLI does not say. Asked in a home that it never saw, it would write there. */
async function loginOf(
  command: string,
  context: ProbeContext<object>,
): Promise<boolean | undefined> {
  const { CLAUDE_CONFIG_DIR: configFolder, HOME: home } = context.env;
  const state = join(configFolder ?? home ?? homedir(), ".claude.json");
  if (!(await exists(state))) return false;
  const { stdout } = await probeCommand(command, ["auth", "status", "--json"], context, {
    login: true,
    ...(configFolder !== undefined && { env: { CLAUDE_CONFIG_DIR: configFolder } }),
  });
  const said = /"loggedIn":\s*(true|false)/.exec(stdout)?.[1];
  return said === undefined ? undefined : said === "true";
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

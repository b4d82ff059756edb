import { access } from "node:fs/promises";
import { join } from "node:path";
import {
  type Availability,
  DualModeError,
  findUsable,
  homeFolder,
  type ProbeContext,
  probeCommand,
  probeVersion,
  unfitVersion,
} from "@acc/dual-mode/provider";
import triedVersions from "../../../../tried-versions.json" with { type: "json" };
import { cliFeatures } from "../features.ts";
import { featuresOf } from "./version.ts";

const install = "npm install -g @anthropic-ai/claude-code";
/** The minimum version has every option that is always used. */
const versions = { ...triedVersions.clis.claude, fix: `${install}@latest` };

/** Looks for `claude`, its version and its login, without calling the API. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const wellKnownFolders = ["~/.local/bin", "~/.claude/local"];
  const query = { name: "claude", provider: "claude", wellKnownFolders };
  const found = await findUsable(query, context, ({ path }) => look(path, context));
  const reason = "The command claude was not found.";
  return found ?? { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
}

async function look(command: string, context: ProbeContext<object>): Promise<Availability> {
  const asked = [
    probeVersion(command, { own: "(Claude Code)", install }, context),
    loginOf(command, context),
  ] as const;
  // If one fails, the other's process must not outlast the probe.
  await Promise.allSettled(asked);
  const [found, login] = await Promise.all(asked);
  if (found.version === undefined) return found.availability;
  const { version } = found;
  const unfit = unfitVersion(command, version, versions);
  if (unfit !== undefined) return unfit;
  const narrowed = featuresOf(version);
  return {
    available: true,
    command,
    version,
    ...(login !== undefined && { login }),
    ...(narrowed !== cliFeatures.supports && { supports: narrowed }),
  };
}

/**
 * Returns undefined if the CLI does not tell. In a home that it has never used it is not started,
 * because it would write there.
 */
async function loginOf(
  command: string,
  context: ProbeContext<object>,
): Promise<boolean | undefined> {
  const { CLAUDE_CONFIG_DIR: configFolder } = context.env;
  const home = configFolder || homeFolder(context.env);
  if (home === "" || !(await exists(join(home, ".claude.json")))) return false;
  const said = /"loggedIn":\s*(true|false)/.exec(await statusOf(command, context))?.[1];
  return said === undefined ? undefined : said === "true";
}

/** Milliseconds for the login only: a key does not need it, and the whole probe has ten seconds. */
const patience = 5_000;

/**
 * Returns the status, or "" after a timeout: a keychain that waits for a user's answer blocks it
 * forever (garrytan/gstack#2737).
 */
async function statusOf(command: string, context: ProbeContext<object>): Promise<string> {
  const { CLAUDE_CONFIG_DIR: configFolder } = context.env;
  const options = { login: true, timeout: patience };
  const env = configFolder ? { env: { CLAUDE_CONFIG_DIR: configFolder } } : {};
  try {
    const args = ["auth", "status", "--json"];
    return (await probeCommand(command, args, context, { ...options, ...env })).stdout;
  } catch (error) {
    if (DualModeError.is(error) && error.code === "TIMEOUT" && !context.signal.aborted) return "";
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

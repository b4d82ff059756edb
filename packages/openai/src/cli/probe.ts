import { access } from "node:fs/promises";
import { join } from "node:path";
import {
  type Availability,
  findUsable,
  type ProbeContext,
  probeCommand,
  probeVersion,
  unfitVersion,
} from "@acc/dual-mode/provider";
import triedVersions from "../../../../tried-versions.json" with { type: "json" };
import { codexHome } from "./codex-home.ts";

const install = "npm install -g @openai/codex";
/** The minimum version is the oldest whose requests can be kept free of tools. */
const versions = { ...triedVersions.clis.openai, fix: `${install}@latest` };

/** Looks for `codex`, its version and its login, without calling the API. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const query = { name: "codex", provider: "openai" };
  const found = await findUsable(query, context, ({ path }) => look(path, context));
  const reason = "The command codex was not found.";
  return found ?? { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
}

async function look(command: string, context: ProbeContext<object>): Promise<Availability> {
  const asked = [probeVersion(command, { install }, context), loginOf(command, context)] as const;
  // If one fails, the other's process must not outlast the probe.
  await Promise.allSettled(asked);
  const [found, login] = await Promise.all(asked);
  if (found.version === undefined) return found.availability;
  const { version } = found;
  const unfit = unfitVersion(command, version, versions);
  return unfit ?? { available: true, command, version, login };
}

/**
 * Whether there is a login. One in a keychain cannot be used: a run has its own home, with a link
 * to the login's file.
 */
async function loginOf(command: string, context: ProbeContext<object>): Promise<boolean> {
  const home = codexHome(context.env);
  if (!(await exists(join(home, "auth.json")))) return false;
  const options = { login: true, timeout: 5_000, env: { CODEX_HOME: home } };
  // Only the exit code is read, because the output shows parts of a key.
  const { exitCode } = await probeCommand(command, ["login", "status"], context, options);
  return exitCode === 0;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

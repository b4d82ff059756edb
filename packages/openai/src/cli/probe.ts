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
/** The oldest whose requests can be kept free of tools. */
const versions = { ...triedVersions.clis.openai, fix: `${install}@latest` };

/** Looks for `codex`, its version and its login, without a call of the API. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const query = { name: "codex", provider: "openai" };
  const found = await findUsable(query, context, ({ path }) => look(path, context));
  const reason = "The command codex was not found.";
  return found ?? { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
}

async function look(command: string, context: ProbeContext<object>): Promise<Availability> {
  const asked = [probeVersion(command, { install }, context), loginOf(command, context)] as const;
  // Where one fails, the other's process must not outlast the probe.
  await Promise.allSettled(asked);
  const [found, login] = await Promise.all(asked);
  if (found.version === undefined) return found.availability;
  const { version } = found;
  const unfit = unfitVersion(command, version, versions);
  return unfit ?? { available: true, command, version, login };
}

/** A login in a keychain is out of reach: a run has a home of its own, with a link to the file. */
async function loginOf(command: string, context: ProbeContext<object>): Promise<boolean> {
  const home = codexHome(context.env);
  if (!(await exists(join(home, "auth.json")))) return false;
  const options = { login: true, timeout: 5_000, env: { CODEX_HOME: home } };
  // What it prints shows parts of a key: only its exit is looked at.
  const { exitCode } = await probeCommand(command, ["login", "status"], context, options);
  return exitCode === 0;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

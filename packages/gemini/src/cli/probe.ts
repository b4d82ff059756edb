import { readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Availability,
  type FoundCommand,
  type FoundVersion,
  findUsable,
  type ProbeContext,
  probeVersion,
  unfitVersion,
} from "@acc/dual-mode/provider";
import triedVersions from "../../../../tried-versions.json" with { type: "json" };

const install = "npm install -g @google/gemini-cli@latest";
/** The minimum version is the first that was tried: what older ones let through is unknown. */
const versions = { ...triedVersions.clis.gemini, fix: install };

/** Looks for `gemini` and its version. The CLI does not tell whether it has a login. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const query = { name: "gemini", provider: "gemini" };
  const found = await findUsable(query, context, (place) => look(place, context));
  const reason = "The command gemini was not found.";
  return found ?? { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
}

async function look(
  { path: command, source }: FoundCommand,
  context: ProbeContext<object>,
): Promise<Availability> {
  const found = (await packageVersion(command)) ?? (await askedVersion(command, context));
  const isNamed = source !== "PATH" && source !== "well-known";
  // A named command is the caller's choice, and the run reports its failure better.
  if (found.version === undefined && found.crashed && isNamed) return { available: true, command };
  if (found.version === undefined) return found.availability;
  const { version } = found;
  const unfit = unfitVersion(command, version, versions);
  return unfit ?? { available: true, command, version };
}

/** Reads the version from the CLI's package at once; the CLI itself takes two seconds. */
async function packageVersion(command: string): Promise<FoundVersion | undefined> {
  let folder = dirname(await realpath(command));
  for (let depth = 0; depth < 4; depth++, folder = dirname(folder)) {
    const { name, version } = await manifestIn(folder);
    if (name === "@google/gemini-cli" && typeof version === "string") return { version };
  }
  return undefined;
}

/**
 * Reads a manifest. The folders above a command can belong to anybody, so the file may be anything.
 */
async function manifestIn(folder: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function askedVersion(command: string, context: ProbeContext<object>): Promise<FoundVersion> {
  return probeVersion(command, { env: { GEMINI_CLI_NO_RELAUNCH: "true" }, install }, context);
}

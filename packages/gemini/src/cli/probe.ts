import { readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Availability,
  findCommand,
  type ProbeContext,
  probeCommand,
  rememberProbe,
} from "@acc/dual-mode/provider";

const install = "npm install -g @google/gemini-cli@latest";
/** The first version that was tried: what an older one lets through is not known. */
const oldest = "0.61.0";

/** Looks for `gemini` and its version. Whether it holds a login it does not tell. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const found = await findCommand({ name: "gemini", provider: "gemini" }, context);
  if (found === undefined) {
    const reason = "The command gemini was not found.";
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  const command = found.path;
  const version = await rememberProbe(
    command,
    "version",
    async () => (await packageVersion(command)) ?? (await askedVersion(command, context)),
  );
  if (version === undefined) {
    const reason = `${command} does not tell its version as Gemini CLI does.`;
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  if (version.localeCompare(oldest, "en", { numeric: true }) < 0) {
    const reason = `${command} is version ${version}; ${oldest} is the oldest that will do.`;
    return { available: false, code: "CLI_TOO_OLD", reason, fix: install };
  }
  return { available: true, command, version };
}

/** Its package says it at once; asked, the CLI takes two seconds. */
async function packageVersion(command: string): Promise<string | undefined> {
  let folder = dirname(await realpath(command));
  for (let depth = 0; depth < 4; depth++, folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    if (name === "@google/gemini-cli") return version;
  }
  return undefined;
}

async function askedVersion(
  command: string,
  context: ProbeContext<object>,
): Promise<string | undefined> {
  const { stdout } = await probeCommand(command, ["--version"], context, {
    env: { GEMINI_CLI_NO_RELAUNCH: "true" },
  });
  return /^(\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
}

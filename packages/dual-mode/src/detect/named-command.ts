import type { ProbeContext } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";
import { variable } from "../host/environment-variable.ts";
import type { FoundCommand } from "./command-query.ts";
import { commandVariable } from "./command-variable.ts";
import { executableAt } from "./executable.ts";
import { isAbsolute } from "./safe-folders.ts";

/**
 * Returns the command that the caller names by `cliPath` or by `ACC_<PROVIDER>_CLI`; undefined if
 * neither is set.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if it is not the absolute path of an executable.
 */
export async function namedCommand(
  provider: string,
  { cliPath, env }: Pick<ProbeContext<unknown>, "cliPath" | "env">,
): Promise<FoundCommand | undefined> {
  if (cliPath !== undefined) {
    return { path: await checked("cliPath", cliPath), source: "cliPath" };
  }
  const name = commandVariable(provider);
  const value = variable(env, name, process.platform);
  if (value === undefined || value === "") {
    return undefined;
  }
  return { path: await checked(name, value), source: `env:${name}` };
}

async function checked(field: string, path: string): Promise<string> {
  if (!isAbsolute(path, process.platform)) {
    throw new DualModeError("INVALID_REQUEST", `${field} is not an absolute path: ${path}`, {
      fix: `Set ${field} to the CLI's absolute path, or leave it out.`,
    });
  }
  const executable = await executableAt(path);
  if (executable === undefined) {
    throw new DualModeError("INVALID_REQUEST", `${field} names no executable file: ${path}`, {
      fix: `Set ${field} to a file that exists and may be executed, or leave it out.`,
    });
  }
  return executable;
}

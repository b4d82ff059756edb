import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { variable } from "../cli/environment-variable.ts";
import type { ProbeContext } from "../contract/provider.ts";
import { executableAt } from "./executable.ts";
import { namedCommand } from "./named-command.ts";
import { hostWorkingFolder, isSafeFolder, safeFolders } from "./safe-folders.ts";
import { wellKnownFolders } from "./well-known-folders.ts";

/** Which command is looked for, and where besides PATH. */
export interface CommandQuery {
  /** The command's name, without an ending. */
  readonly name: string;
  /** The provider's id: `ACC_<PROVIDER>_CLI` may name the command. */
  readonly provider: string;
  /** Folders of the CLI's own installers; `~` is the home folder. */
  readonly wellKnownFolders?: readonly string[];
}

/** A command that was found, and who named it. */
export interface FoundCommand {
  /** Absolute. */
  readonly path: string;
  readonly source: "cliPath" | `env:${string}` | "PATH" | "well-known";
}

type Context = Pick<ProbeContext<unknown>, "cliPath" | "env">;

/**
 * Looks for a CLI: `cliPath`, then `ACC_<PROVIDER>_CLI`, then PATH, then the folders that PATH
 * often misses. Nothing is taken from the working folder, a relative entry of PATH or a
 * node_modules/.bin unless it is named.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` where a command is named that cannot be run.
 */
export async function findCommand(
  query: CommandQuery,
  context: Context,
): Promise<FoundCommand | undefined> {
  const named = await namedCommand(query.provider, context);
  if (named !== undefined) {
    return named;
  }
  const { env } = context;
  const search = { platform: process.platform, workingFolder: hostWorkingFolder() };
  const onPath = safeFolders({ ...search, path: variable(env, "PATH", process.platform) });
  const path = await firstIn(onPath, query.name);
  if (path !== undefined) {
    return { path, source: "PATH" };
  }
  const others = await expanded(elsewhere(query, env));
  const safe = others.filter((folder) => isSafeFolder(folder, search));
  const found = await firstIn(safe, query.name);
  return found === undefined ? undefined : { path: found, source: "well-known" };
}

async function firstIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = await executableAt(join(folder, name));
    if (path !== undefined) {
      return path;
    }
  }
  return undefined;
}

function elsewhere(query: CommandQuery, env: Context["env"]): string[] {
  const { platform, execPath } = process;
  const home = variable(env, platform === "win32" ? "USERPROFILE" : "HOME", platform) || homedir();
  const own = (query.wellKnownFolders ?? []).map((folder) => folder.replace(/^~(?=[\\/])/, home));
  return [...own, ...wellKnownFolders({ platform, env, home, execPath })];
}

/** A `*` becomes each folder there, the newest version first. */
async function expanded(folders: readonly string[]): Promise<string[]> {
  const lists = folders.map(async (folder) => {
    const [before, after] = folder.split("*");
    if (before === undefined || after === undefined) {
      return [folder];
    }
    const names = await readdir(before).catch((): string[] => []);
    const newestFirst = names.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
    return newestFirst.map((name) => join(before, name, after));
  });
  return (await Promise.all(lists)).flat();
}

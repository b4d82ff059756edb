import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { variable } from "../host/environment-variable.ts";
import type { CommandQuery, FoundCommand, SearchContext } from "./command-query.ts";
import { executableAt } from "./executable.ts";
import { homeFolder } from "./home-folder.ts";
import { namedCommand } from "./named-command.ts";
import { hostWorkingFolder, safeFolders, safeIn } from "./safe-folders.ts";
import { wellKnownFolders } from "./well-known-folders.ts";

/** Implements `findCommand`. */
export async function searchCommand(
  query: CommandQuery,
  context: SearchContext,
): Promise<FoundCommand | undefined> {
  const named = await namedCommand(query.provider, context);
  if (named !== undefined) {
    return named;
  }
  const { env } = context;
  const search = { platform: process.platform, workingFolder: hostWorkingFolder() };
  const onPath = safeFolders({ ...search, path: variable(env, "PATH", process.platform) });
  const path = await firstIn(onPath, query);
  if (path !== undefined) {
    return { path, source: "PATH" };
  }
  const others = await expanded(elsewhere(query, env));
  const safe = others.filter(safeIn(search));
  const found = await firstIn(safe, query);
  return found === undefined ? undefined : { path: found, source: "well-known" };
}

async function firstIn(
  folders: readonly string[],
  { name, except = [] }: CommandQuery,
): Promise<string | undefined> {
  for (const folder of folders) {
    const path = await executableAt(join(folder, name));
    if (path !== undefined && !except.includes(path)) {
      return path;
    }
  }
  return undefined;
}

function elsewhere(query: CommandQuery, env: SearchContext["env"]): string[] {
  const { platform, execPath } = process;
  const home = homeFolder(env);
  const own = (query.wellKnownFolders ?? []).map((folder) => folder.replace(/^~(?=[\\/])/, home));
  return [...own, ...wellKnownFolders({ platform, env, home, execPath })];
}

/** Replaces a `*` by each folder there, the newest version first. */
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

import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, resolve, sep } from "node:path";
import { type Attachment, readAttachments } from "../chat/attachments.ts";
import { UsageError } from "../failure.ts";

/** Files that hold keys, by their names: an agent could be talked into sending them away. */
const holdsKeys =
  /^\.env(?:\..+)?$|^\.(?:npmrc|netrc|pypirc)$|\.(?:pem|key|p12|pfx)$|^id_(?:rsa|dsa|ecdsa|ed25519)/i;

/**
 * Reads only the files that a call names. They must be in the folder in which the server was
 * started, or in one that its owner named.
 *
 * @throws UsageError `FILE_NOT_ALLOWED`, or if a file cannot be read
 */
export async function givenFiles(
  paths: readonly string[],
  roots: readonly string[],
): Promise<readonly Attachment[]> {
  const folders = await allowedFolders(roots);
  const real = await Promise.all(paths.map((path) => allowed(path, folders)));
  return readAttachments({ attach: real });
}

/**
 * The working folder does not count if it is the home folder or the root, in which some clients
 * start servers.
 */
async function allowedFolders(roots: readonly string[]): Promise<readonly string[]> {
  const here = process.cwd();
  const isProject = here !== homedir() && dirname(here) !== here;
  const named = isProject ? [here, ...roots] : roots;
  return Promise.all(named.map((folder) => realpath(folder).catch(() => resolve(folder))));
}

async function allowed(path: string, folders: readonly string[]): Promise<string> {
  const [first = process.cwd()] = folders;
  const full = resolve(first, path);
  const real = await realpath(full).catch(() => full);
  const isInside = folders.some((folder) => `${real}${sep}`.startsWith(`${folder}${sep}`));
  if (isInside && !holdsKeys.test(basename(real)) && !holdsKeys.test(basename(full))) return real;
  const why = isInside ? "may hold keys" : "is outside of the folders that may be read";
  const fix = isInside
    ? "It is never sent. Say in the prompt what matters of it."
    : `The folders: ${folders.join(", ") || "none"}. Its owner adds one by acc mcp --root FOLDER.`;
  throw new UsageError(`The file ${path} ${why}.`, fix, "FILE_NOT_ALLOWED");
}

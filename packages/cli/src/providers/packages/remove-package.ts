import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { folderOf } from "./installed.ts";

/** Removes a provider's package as a whole, without loading any of it. */
export async function removePackage(name: string): Promise<string> {
  const folder = folderOf(name) ?? "";
  const gone = join(dirname(folder), `.staged-removed-${process.pid}-${name}`);
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
  return folder;
}

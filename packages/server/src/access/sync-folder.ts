import { open } from "node:fs/promises";

/**
 * Syncs a folder to the disk, so that files made or removed in it stay so after a loss of power.
 * Windows has no such call.
 */
export async function syncFolder(root: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(root);
  await folder.sync().finally(() => folder.close());
}

import { open } from "node:fs/promises";

/** So that what was made or taken away in a folder stays so after a loss of power. Windows has no such call. */
export async function syncFolder(root: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(root);
  await folder.sync().finally(() => folder.close());
}

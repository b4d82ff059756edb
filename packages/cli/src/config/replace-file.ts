import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Whole or not at all, with the rights that it has; give the real path, so that a link stays one. */
export async function replaceFile(path: string, text: string, isNew: boolean): Promise<void> {
  if (isNew) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const mode = isNew ? 0o600 : (await stat(path)).mode & 0o777;
  const unfinished = `${path}.${process.pid}`;
  try {
    await writeFile(unfinished, text, { flag: "wx", mode });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

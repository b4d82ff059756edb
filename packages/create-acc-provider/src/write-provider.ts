import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plan } from "./plan.ts";
import { filesOf } from "./template/files.ts";

/** Writes the files of a provider into a new or empty folder, and returns their names. */
export async function writeProvider(
  folder: string,
  plan: Plan,
  coreVersion: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const there = await readdir(folder);
  if (there.some((name) => name !== ".git")) {
    throw new Error(`${folder} is not empty: nothing was written. Name another folder.`);
  }
  const files = Object.entries(filesOf(plan, coreVersion));
  for (const [name, content] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return files.map(([name]) => name);
}

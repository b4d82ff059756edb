import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withEnvironment } from "./environment.ts";

/** Variables that lead to a user's settings, and to commands. */
const leading = ["HOME", "USERPROFILE", "XDG_CONFIG_HOME", "PATH"];

/** Runs the work with a home folder and a PATH that are empty. */
export async function inEmptyHome<T>(
  changes: Readonly<Record<string, string | undefined>>,
  work: () => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), "acc-conformance-home-"));
  const moved = Object.fromEntries(leading.map((name) => [name, home]));
  try {
    return await withEnvironment({ ...moved, ...changes }, work);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether folders of the machine can be others for one process: root alone can have it so. */
export const canUnshare =
  process.env.CI !== undefined || spawnSync("unshare", ["--mount", "true"]).status === 0;

/**
 * A command that runs another one where these folders are others, for it alone.
 *
 * @param folder Where the command is written.
 * @param places Absolute paths, by those that they stand in for.
 */
export function inNamespace(
  folder: string,
  places: Readonly<Record<string, string>>,
  command: string,
): string {
  const mounts = Object.entries(places).map(([at, held]) => `mount --bind '${held}' ${at} && `);
  const path = join(folder, "in-namespace");
  const script = `#!/bin/sh
exec unshare --mount sh -c "${mounts.join("")}exec '${command}' \\"\\$@\\"" sh "$@"
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

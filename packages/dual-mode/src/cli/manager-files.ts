import { existsSync, lstatSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { VersionManager } from "../detect/version-managers.ts";
import { DualModeError } from "../error.ts";

/**
 * Links the files that the shims on its PATH look up in the user's home into a private home, and no
 * others.
 */
export function linkManagerFiles(
  managers: readonly VersionManager[],
  home: string,
  privateHome: string,
): void {
  for (const file of new Set(managers.flatMap(({ homeFiles }) => homeFiles))) {
    const target = join(home, file);
    const link = join(privateHome, file);
    if (!existsSync(target) || existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true, mode: 0o700 });
    symlinkSync(target, link);
  }
}

const choosers = [".tool-versions", "mise.toml", ".mise.toml", ".node-version", ".prototools"];

/**
 * A shim also looks into the folders above its working folder: no other user may choose there what
 * it starts.
 *
 * @throws {@link DualModeError} `CLI_NOT_FOUND`
 */
export function refuseForeignChoice(managers: readonly VersionManager[], folder: string): void {
  if (managers.length === 0) return;
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at)) {
    const foreign = choosers.map((name) => join(at, name)).find(isForeign);
    if (foreign === undefined) continue;
    const message = `${foreign} is another user's, and would choose the program that a shim of ${managers[0]?.name} starts.`;
    throw new DualModeError("CLI_NOT_FOUND", message, {
      fix: "Set `cliPath` to the program itself, or TMPDIR to a folder of your own.",
    });
  }
}

function isForeign(path: string): boolean {
  const { uid } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
  return uid !== undefined && uid !== 0 && uid !== process.geteuid?.();
}

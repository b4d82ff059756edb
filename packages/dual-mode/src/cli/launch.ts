import { readFile } from "node:fs/promises";
import { parseCommandShim } from "../detect/command-shim.ts";
import { behindVolta } from "../detect/volta-shim.ts";
import { DualModeError } from "../error.ts";

/** The program that is spawned for a command, without a shell. */
export interface Launch {
  readonly file: string;
  /** Arguments before the command's own. */
  readonly prefixArgs: readonly string[];
}

/**
 * Returns the program behind a command: the command itself or, on Windows, the program that an npm
 * shim or a script starts.
 *
 * @throws {@link DualModeError} `CLI_NOT_FOUND` for a `.cmd` that is not a shim of a package
 * manager.
 */
export async function launchOf(
  command: string,
  platform: NodeJS.Platform = process.platform,
  read: (path: string) => Promise<string> = (path) => readFile(path, "utf8"),
): Promise<Launch> {
  if (platform !== "win32") {
    return { file: command, prefixArgs: [] };
  }
  if (/\.[cm]?js$/i.test(command)) {
    return { file: process.execPath, prefixArgs: [command] };
  }
  if (!/\.(cmd|bat)$/i.test(command)) {
    return { file: command, prefixArgs: [] };
  }
  const { path, text } = await behindVolta({ path: command, text: await read(command) }, read);
  const shim = parseCommandShim(path, text);
  if (shim !== undefined && shim.interpreter === undefined) {
    return { file: shim.target, prefixArgs: [] };
  }
  if (shim?.interpreter === "node") {
    return { file: process.execPath, prefixArgs: [...shim.options, shim.target] };
  }
  throw new DualModeError("CLI_NOT_FOUND", `${command} cannot be run without a shell.`, {
    fix: "Set `cliPath` to the .exe or .js file that it starts.",
  });
}

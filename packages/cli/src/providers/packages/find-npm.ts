import { existsSync, realpathSync } from "node:fs";
import { basename, posix, win32 } from "node:path";
import { findCommand } from "@acc/dual-mode/provider";
import { Failure } from "../../failure.ts";

/** The command that starts npm, without a shell. */
export interface NpmCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Finds npm as every command is found: `ACC_NPM_CLI`, then PATH, never the folder that acc is run
 * in.
 * @throws Failure `NPM_NOT_FOUND`
 */
export async function findNpm(): Promise<NpmCommand> {
  const query = { name: "npm", provider: "npm" };
  const found = await findCommand(query, { cliPath: undefined, env: process.env });
  const npm = found && npmAt(found.path, process.platform, { existsSync, realpathSync });
  if (npm !== undefined) return npm;
  throw new Failure(
    "NPM_NOT_FOUND",
    "The command npm was not found, which installs packages.",
    "It comes with Node.js; ACC_NPM_CLI names it where it is not on PATH.",
  );
}

/**
 * npm's own script is run by the Node.js that runs acc. A Windows shim only leads to the script.
 */
export function npmAt(
  path: string,
  platform: NodeJS.Platform,
  files: {
    readonly existsSync: (path: string) => boolean;
    readonly realpathSync: (path: string) => string;
  },
): NpmCommand | undefined {
  const script = (file: string) => ({ command: process.execPath, args: [file] });
  if (platform !== "win32") {
    const real = files.realpathSync(path);
    return basename(real) === "npm-cli.js" ? script(real) : { command: path, args: [] };
  }
  if (/\.(exe|com)$/i.test(path)) return { command: path, args: [] };
  const beside = win32.join(win32.dirname(path), "node_modules", "npm", "bin", "npm-cli.js");
  if (files.existsSync(beside)) return script(beside);
  return posix.basename(path) === "npm-cli.js" ? script(path) : undefined;
}

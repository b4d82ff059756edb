import { win32 } from "node:path";

/** The program that a Windows shim starts. */
export interface ShimTarget {
  /** Absolute path of the program or script. */
  readonly target: string;
  /** The script's interpreter ("node"); absent if the target is a program itself. */
  readonly interpreter?: string;
  /** The interpreter's own options, before the script. */
  readonly options: readonly string[];
}

/** Matches the shim's own folder, as cmd writes it. */
const here = String.raw`%(?:~dp0|dp0%)\\`;
const interpreterName = String.raw`(?:"(%_prog%|${here}[^"%]+)"|([\w.-]+))[ \t]+`;
const options = String.raw`((?:--?[\w=.,:/-]+[ \t]+)*)`;
/**
 * Matches the line that starts the program: `"%_prog%" --option "%dp0%\node_modules\…\cli.js" %*`.
 */
const start = new RegExp(`(?:${interpreterName}${options})?"${here}([^"%]+)"[ \\t]+%\\*`, "i");
/** Matches the value of `%_prog%` if no interpreter is next to the shim. */
const program = /SET "_prog=([^"%]+)"/i;

/**
 * Parses a `.cmd` that npm or pnpm wrote for a package's command.
 *
 * @param path The shim's own absolute path.
 * @returns undefined if the text is not such a shim.
 */
export function parseCommandShim(path: string, text: string): ShimTarget | undefined {
  const found = start.exec(text);
  const relative = found?.[4];
  if (relative === undefined) {
    return undefined;
  }
  const target = win32.resolve(win32.dirname(path), relative);
  const written = found?.[1] ?? found?.[2];
  if (written === undefined) {
    return { target, options: [] };
  }
  const name = written === "%_prog%" ? program.exec(text)?.[1] : written;
  return {
    target,
    ...(name !== undefined && { interpreter: win32.basename(name, ".exe") }),
    options: (found?.[3] ?? "").split(/\s+/).filter((option) => option !== ""),
  };
}

import { win32 } from "node:path";

/** What a Windows shim starts. */
export interface ShimTarget {
  /** Absolute path of the program or script. */
  readonly target: string;
  /** The interpreter that it names ("node"); absent where the target is a program itself. */
  readonly interpreter?: string;
}

/** The shim's own folder, as cmd writes it. */
const here = String.raw`%(?:~dp0|dp0%)\\?`;
/** The line that starts the target: `"%_prog%"  "%dp0%\node_modules\…\cli.js" %*`. */
const start = new RegExp(String.raw`"${here}([^"%]+)"\s+%\*`, "i");
const interpreter = /SET "?_prog=([^"%\r\n\\/]+?)(?:\.exe)?"?\s*$/im;
/** The older form names the interpreter on the line itself: `node  "%~dp0\…\cli.js" %*`. */
const interpreterOnLine = /^\s*@?"?(?:%(?:~dp0|dp0%)\\?)?([a-z]+)(?:\.exe)?"?\s+"%/im;

/**
 * Reads a `.cmd` as npm, pnpm and yarn write them for a package's command.
 *
 * @param path The shim's own absolute path.
 * @returns undefined where the text is no such shim.
 */
export function parseCommandShim(path: string, text: string): ShimTarget | undefined {
  const relative = start.exec(text)?.[1];
  if (relative === undefined) {
    return undefined;
  }
  const target = win32.resolve(win32.dirname(path), relative);
  if (/\.(exe|com)$/i.test(target)) {
    return { target };
  }
  const named = interpreter.exec(text)?.[1] ?? interpreterOnLine.exec(text)?.[1];
  return named === undefined ? undefined : { target, interpreter: named };
}

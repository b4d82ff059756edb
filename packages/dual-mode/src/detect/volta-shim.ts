import { win32 } from "node:path";

/** The content of a `.cmd` that Volta writes for a package's command. */
const script = /^volta(?:\.exe)? run "?%~n0"? %\*\s*$/im;

/** Matches a package name, with its scope. */
const packageName = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;

/** A `.cmd` file and its text. */
export interface CommandFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Returns the package manager's own shim behind one of Volta's, which would start it in a shell.
 * Returns the file itself if it is not one of Volta's, or if Volta does not say which program it
 * starts.
 */
export async function behindVolta(
  file: CommandFile,
  read: (path: string) => Promise<string>,
): Promise<CommandFile> {
  if (!script.test(file.text)) return file;
  const home = win32.resolve(file.path, "..", "..");
  const name = win32.parse(file.path).name;
  try {
    const said = await read(win32.join(home, "tools", "user", "bins", `${name}.json`));
    const { package: owner, manager } = JSON.parse(said) as Record<string, unknown>;
    if (typeof owner !== "string" || !packageName.test(owner)) return file;
    const within = manager === "Npm" ? [] : ["bin"];
    const path = win32.join(home, "tools", "image", "packages", owner, ...within, `${name}.cmd`);
    return { path, text: await read(path) };
  } catch {
    return file;
  }
}

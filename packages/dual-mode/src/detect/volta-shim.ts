import { win32 } from "node:path";

/** What Volta writes on Windows for a command of a package. */
const script = /^volta(?:\.exe)? run "?%~n0"? %\*\s*$/im;

/** A name of a package, with its scope. */
const packageName = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;

/** A `.cmd`, and what is in it. */
export interface CommandFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The package manager's own shim behind one of Volta's, which would start it by a shell; the file
 * itself where it is none of Volta's, and where Volta does not say what it stands for.
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

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve, sep } from "node:path";
import type { Environment } from "../environment.ts";
import { SecretsError } from "../errors.ts";

/** The endings of files that Windows can run without a shell. */
const windowsEndings = [".exe", ".com"];

/**
 * Returns the path of a program that is given by an absolute path or found in PATH. The working
 * directory, relative entries of PATH and `node_modules/.bin` are never searched: a folder that
 * somebody else can fill must not provide the program that is asked for keys.
 *
 * @throws SecretsError `PROGRAM_NOT_FOUND`
 */
export function findProgram(name: string, env: Environment): string {
  if (isAbsolute(name)) {
    if (isProgram(name)) return name;
    throw notFound(`There is no program ${name}, or it may not be run.`);
  }
  if (/[/\\]/.test(name)) {
    throw notFound(`The program ${JSON.stringify(name)} is named by a relative path.`);
  }
  const path = Object.entries(env).find(([variable]) => /^path$/i.test(variable))?.[1] ?? "";
  const folders = path.split(delimiter).filter(isTrusted);
  const endings = process.platform === "win32" ? ["", ...windowsEndings] : [""];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = join(folder, `${name}${ending}`);
      if (isProgram(file)) return file;
    }
  }
  throw notFound(`The program ${JSON.stringify(name)} is not in PATH.`);
}

function isTrusted(folder: string): boolean {
  if (!isAbsolute(folder) || resolve(folder) === process.cwd()) return false;
  return !resolve(folder).endsWith(join(sep, "node_modules", ".bin"));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function notFound(what: string): SecretsError {
  return new SecretsError("PROGRAM_NOT_FOUND", `${what} Install it, or give its absolute path.`);
}

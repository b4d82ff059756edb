import { createRequire, isBuiltin } from "node:module";

/** The packages that are built in and bring what is not. */
const packages = ["@acc/secrets", "@acc/claude", "@acc/gemini", "@acc/groq"];

/**
 * Requires what is outside the program's file: a module of Node.js, or what a package brings that
 * is built in, found from where that package is.
 */
export function requireOutside(id: string): unknown {
  if (isBuiltin(id)) return require(id);
  for (const name of packages) {
    try {
      const path = createRequire(require.resolve(`${name}/package.json`)).resolve(id);
      return require(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new Error(`The package ${id} is not installed.`);
}

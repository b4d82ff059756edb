import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Returns the path of this package's `acc-groq`, if it was built and no bundler left it out. */
export async function bundledCommand(): Promise<string | undefined> {
  try {
    const manifest = createRequire(import.meta.url).resolve("@acc/groq/package.json");
    const command = join(dirname(manifest), "dist", "acc-groq.js");
    await access(command, constants.X_OK);
    return command;
  } catch {
    return undefined;
  }
}

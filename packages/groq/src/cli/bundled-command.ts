import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The `acc-groq` of this package, where it is built. */
export async function bundledCommand(): Promise<string | undefined> {
  const manifest = createRequire(import.meta.url).resolve("@acc/groq/package.json");
  const command = join(dirname(manifest), "dist", "acc-groq.js");
  return access(command, constants.X_OK).then(
    () => command,
    () => undefined,
  );
}

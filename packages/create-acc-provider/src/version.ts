import { readFileSync } from "node:fs";

/** Returns the version of this package, which is also that of the matching core. */
export function ownVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

import { readFileSync } from "node:fs";

/** The version of this package; the core that fits a new provider has the same. */
export function ownVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

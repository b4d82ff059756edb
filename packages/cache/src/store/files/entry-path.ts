import { sep } from "node:path";
import { isCid } from "../../key/cid.ts";
import { crypto } from "../../node-crypto.ts";

/** Returns the path of a key's entry. A bare CID is its own file name; other keys are hashed. */
export function entryPath(directory: string, key: string): string {
  const name = isCid(key) ? key : `k${crypto().hash("sha256", key)}`;
  return `${directory}${sep}${shardOf(name)}${sep}${name}`;
}

/**
 * Returns the end of the name, which is evenly distributed; the start is the same for all names.
 */
function shardOf(name: string): string {
  return name.slice(-2);
}

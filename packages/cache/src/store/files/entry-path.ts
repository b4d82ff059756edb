import { sep } from "node:path";
import { isCid } from "../../key/cid.ts";
import { crypto } from "../../node-crypto.ts";

/** Where the entry of a key lies. A bare CID is its own name; other keys are hashed into one. */
export function entryPath(directory: string, key: string): string {
  const name = isCid(key) ? key : `k${crypto().hash("sha256", key)}`;
  return `${directory}${sep}${shardOf(name)}${sep}${name}`;
}

/** The end of a name is spread evenly, its beginning is the same for all. */
function shardOf(name: string): string {
  return name.slice(-2);
}

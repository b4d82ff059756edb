import { resolve } from "node:path";
import { invalidOption } from "../cache/invalid-option.ts";

/**
 * An absolute path, which stays the same when the working folder changes.
 *
 * @throws CacheError `INVALID_OPTION`; an empty one would be the working folder itself
 */
export function checkedDirectory(directory: unknown): string {
  if (typeof directory === "string" && directory !== "" && !directory.includes("\0")) {
    return resolve(directory);
  }
  throw invalidOption("directory", directory, "the path of a folder");
}

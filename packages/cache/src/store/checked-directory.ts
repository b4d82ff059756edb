import { resolve } from "node:path";
import { invalidOption } from "../cache/invalid-option.ts";

/**
 * Returns an absolute path, which stays valid when the working directory changes.
 *
 * @throws CacheError `INVALID_OPTION`, also for an empty path, which would be the working directory
 */
export function checkedDirectory(directory: unknown): string {
  if (typeof directory === "string" && directory !== "" && !directory.includes("\0")) {
    return resolve(directory);
  }
  throw invalidOption("directory", directory, "the path of a folder");
}

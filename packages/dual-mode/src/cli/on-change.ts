import { watch } from "node:fs";

/**
 * Calls `changed` when a file is written to, and returns a function that stops it. Only Linux
 * reports each write, and it has a limited number of watches; so the caller must also poll.
 */
export function onChange(path: string, changed: () => void): () => void {
  if (process.platform !== "linux") return () => {};
  try {
    const watcher = watch(path, { persistent: false }, changed);
    watcher.on("error", () => {});
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

import { Failure } from "../failure.ts";

/** The error for a command in a folder that was deleted, in place of Node.js's `uv_cwd`. */
export function folderInWords(error: unknown): unknown {
  const { syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall !== "uv_cwd") return error;
  const fix = "Change to another folder, such as: cd ~";
  return new Failure("FOLDER_DELETED", "The current folder was deleted or moved.", fix, error);
}

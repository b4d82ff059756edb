import { Failure } from "../failure.ts";

/** The error for a file that cannot be written, with the system's error code. */
export function unwritable(path: string, error: unknown): Failure {
  const { code = "failed" } = error as NodeJS.ErrnoException;
  const fix = "Check that you may write to its folder, and that the disk has space left.";
  return new Failure("FILE_UNWRITABLE", `${path} cannot be written: ${code}.`, fix, error);
}

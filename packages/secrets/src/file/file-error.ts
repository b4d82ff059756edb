import { SecretsError } from "../errors.ts";

/** Turns a file system's error into ours. */
export function fileError(cause: unknown, doing: "read" | "write", path: string): SecretsError {
  if (SecretsError.is(cause)) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new SecretsError("DISK_FULL", `There is no space left to write ${path}. Free some.`, {
      cause,
      retryable: true,
    });
  }
  if (doing === "write" && (code === "EACCES" || code === "EPERM" || code === "EROFS")) {
    return new SecretsError(
      "FOLDER_NOT_WRITABLE",
      `${path} cannot be written (${code}). Make its folder writable for this user.`,
      { cause },
    );
  }
  return new SecretsError(
    doing === "read" ? "READ_FAILED" : "WRITE_FAILED",
    `${path} could not be ${doing === "read" ? "read" : "written"} (${code ?? "unknown error"}).`,
    { cause },
  );
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOENT" || code === "ENOTDIR";
}

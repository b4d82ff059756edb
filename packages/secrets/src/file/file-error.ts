import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SecretsError } from "../errors.ts";
import { otherOwner } from "./other-owner.ts";

/** Turns an error of the file system into a `SecretsError`. */
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
      `${path} cannot be written (${code}). ${remedyOf(code, path)}`,
      { cause },
    );
  }
  if (doing === "write" && (code === "EBUSY" || code === "EXDEV") && isMounted(path)) {
    return new SecretsError("WRITE_FAILED", `${path} cannot be replaced: ${mountedByItself}`, {
      cause,
    });
  }
  return new SecretsError(
    doing === "read" ? "READ_FAILED" : "WRITE_FAILED",
    `${path} could not be ${doing === "read" ? "read" : "written"} (${code ?? "unknown error"}).`,
    { cause },
  );
}

const mountedByItself =
  "it is mounted as a single file. Mount its folder instead, so that a new file can " +
  "take its place.";

function remedyOf(code: string, path: string): string {
  if (code === "EROFS") {
    return isMounted(path)
      ? `It is mounted as a single file, read-only. Mount its folder with write access.`
      : "Its folder is mounted read-only. Mount it with write access, or set ACC_SECRETS_DIR.";
  }
  for (const place of [path, dirname(path)]) {
    const uid = ownerOf(place);
    if (uid !== undefined && uid !== process.geteuid?.()) return otherOwner(place, uid);
  }
  return "Make its folder writable for this user.";
}

function ownerOf(path: string): number | undefined {
  try {
    return process.platform === "win32" ? undefined : statSync(path).uid;
  } catch {
    return undefined;
  }
}

/** Returns true if something is mounted at exactly this path, as far as Linux reports it. */
export function isMounted(path: string): boolean {
  try {
    const escaped = path.replaceAll("\\", "\\134").replaceAll(" ", "\\040");
    const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
    return mounts.some((line) => line.split(" ")[4] === escaped);
  } catch {
    return false;
  }
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOENT" || code === "ENOTDIR";
}

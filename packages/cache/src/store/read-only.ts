const READ_ONLY: ReadonlySet<string | undefined> = new Set(["EROFS", "EACCES", "EPERM"]);

/** Whether this user or this mount may not be written to. */
export function isReadOnly(error: unknown): boolean {
  return READ_ONLY.has((error as NodeJS.ErrnoException).code);
}

import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Audit } from "../contract/audit.ts";

const appending: number =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Appends each action to a file as a line of JSON with its time, and waits until it is on the disk.
 * The file belongs to this user alone (mode 0600), and is opened anew each time, so it may be moved
 * away. Several processes may write to one file.
 */
export function fileAudit(path: string): Audit {
  return async (event) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, appending, 0o600);
    try {
      await file.appendFile(auditLine(event));
      await file.sync();
    } finally {
      await file.close();
    }
  };
}

/** Formats an action as a line: one JSON object, and a line break. */
export function auditLine(event: Parameters<Audit>[0]): string {
  return `${JSON.stringify({ time: new Date().toISOString(), pid: process.pid, ...event })}\n`;
}

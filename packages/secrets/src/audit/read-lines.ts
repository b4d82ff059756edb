import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { fileError, isMissing } from "../file/file-error.ts";
import { longestLine } from "./audit-file.ts";
import { olderFiles } from "./audit-files.ts";

/** A line in a file of the audit, exactly as it is there. */
export interface FoundLine {
  /** The name of the file, if it is one that was set aside. */
  readonly file?: string;
  /** The number of the line in its file, from 1. */
  readonly line: number;
  /** Undefined for a line longer than any that this package writes. */
  readonly text: string | undefined;
}

/** Yields the lines of an audit, the oldest first, without checking them. */
export async function* readAudit(path: string): AsyncGenerator<FoundLine> {
  const snapshot = await AuditSnapshot.take(path);
  try {
    yield* snapshot.lines();
  } finally {
    await snapshot.close();
  }
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly file: string | undefined;
}

/** The files of an audit as they were at one moment; they may have any size. */
export class AuditSnapshot {
  readonly #files: readonly OpenFile[];

  private constructor(files: readonly OpenFile[]) {
    this.#files = files;
  }

  /** Opens the files and keeps them open until `close`. */
  static async take(path: string): Promise<AuditSnapshot> {
    const files: OpenFile[] = [];
    try {
      for (const each of [...(await olderFiles(path)), path]) {
        const handle = await openIfThere(each);
        if (!handle) continue;
        const file = each === path ? undefined : basename(each);
        files.push({ handle, size: (await handle.stat()).size, file });
      }
    } catch (error) {
      for (const { handle } of files) await handle.close();
      throw fileError(error, "read", path);
    }
    return new AuditSnapshot(files);
  }

  async *lines(): AsyncGenerator<FoundLine> {
    for (const { handle, size, file } of this.#files) {
      let line = 0;
      for await (const text of linesOf(handle, size)) {
        line += 1;
        yield { ...(file !== undefined && { file }), line, text };
      }
    }
  }

  async close(): Promise<void> {
    for (const { handle } of this.#files) await handle.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | constants.O_NONBLOCK,
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function* linesOf(handle: FileHandle, size: number): AsyncGenerator<string | undefined> {
  const chunk = Buffer.alloc(256 * 1024);
  let rest = "";
  let isLong = false;
  for (let at = 0; at < size; ) {
    const wanted = Math.min(chunk.length, size - at);
    const { bytesRead } = await handle.read(chunk, 0, wanted, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const parts = (rest + chunk.toString("latin1", 0, bytesRead)).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      yield isLong ? undefined : utf8(part);
      isLong = false;
    }
    if (rest.length > longestLine) {
      isLong = true;
      rest = "";
    }
  }
  if (isLong) yield undefined;
  else if (rest !== "") yield utf8(rest);
}

function utf8(latin1: string): string | undefined {
  return latin1.length > longestLine ? undefined : Buffer.from(latin1, "latin1").toString("utf8");
}

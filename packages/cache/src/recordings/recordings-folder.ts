import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crypto } from "../node-crypto.ts";
import { type Recording, readRecording, recordingText } from "./recording-file.ts";

const NAME = /^bafyrei[a-z2-7]{52}(?:-[0-9a-f]{8})?\.json$/;
const CID_LENGTH = 59;

/** A recording, and the file that it was read from. */
export interface RecordedFile {
  readonly file: string;
  readonly recording: Recording;
}

/** A folder with one file for each recording. The first write creates it. */
export class RecordingsFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Returns the recording of a key (namespace, tenant and CID), or undefined.
   *
   * @throws CacheError `DAMAGED`, `NEWER_FORMAT`, or the file system's error
   */
  read(key: string): RecordedFile | undefined {
    return this.#readFile(fileName(key));
  }

  /**
   * Writes a recording atomically. A file with the same content is left as it is, however it is
   * formatted.
   */
  write(key: string, recording: Recording): void {
    const path = join(this.path, fileName(key));
    const text = recordingText(recording);
    if (this.#textAt(key) === text) return;
    mkdirSync(this.path, { recursive: true });
    const unfinished = `${path}.${crypto().randomUUID()}`;
    try {
      writeFileSync(unfinished, text, { flag: "wx" });
      renameSync(unfinished, path);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  }

  /** Returns whether there was a recording. */
  remove(key: string): boolean {
    const path = join(this.path, fileName(key));
    if (textOf(path) === undefined) return false;
    rmSync(path);
    return true;
  }

  /** Yields all recordings by file name; for one that cannot be read, the error. */
  *all(): Generator<RecordedFile | { readonly file: string; readonly fault: unknown }> {
    for (const name of this.#names()) {
      try {
        const found = this.#readFile(name);
        if (found) yield found;
      } catch (fault) {
        yield { file: join(this.path, name), fault };
      }
    }
  }

  #textAt(key: string): string | undefined {
    try {
      const found = this.read(key);
      return found && recordingText(found.recording);
    } catch {
      return undefined;
    }
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.path)
        .filter((name) => NAME.test(name))
        .sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  #readFile(name: string): RecordedFile | undefined {
    const file = join(this.path, name);
    const text = textOf(file);
    return text === undefined ? undefined : { file, recording: readRecording(file, text) };
  }
}

/** Returns the name of the file: the CID, and a digest of the scope if there is one. */
function fileName(key: string): string {
  const cid = key.slice(-CID_LENGTH);
  const scope = key.slice(0, -CID_LENGTH);
  if (scope === "") return `${cid}.json`;
  return `${cid}-${crypto().hash("sha256", scope).slice(0, 8)}.json`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

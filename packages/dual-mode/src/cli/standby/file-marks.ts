import { statSync } from "node:fs";

/** Files as they were at one moment. */
export type FileMarks = ReadonlyMap<string, string>;

export function marksOf(paths: readonly string[]): FileMarks {
  return new Map(paths.map((path) => [path, markOf(path)]));
}

/** Whether no file has changed. */
export function areSame(marks: FileMarks): boolean {
  for (const [path, mark] of marks) if (markOf(path) !== mark) return false;
  return true;
}

/** npm gives all unpacked files the same mtime, so the ctime is needed to tell versions apart. */
function markOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return "";
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

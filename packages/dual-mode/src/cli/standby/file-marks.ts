import { statSync } from "node:fs";

/** Files as they were at one moment. */
export type FileMarks = ReadonlyMap<string, string>;

export function marksOf(paths: readonly string[]): FileMarks {
  return new Map(paths.map((path) => [path, markOf(path)]));
}

/** Whether each file is still what it was. */
export function areSame(marks: FileMarks): boolean {
  for (const [path, mark] of marks) if (markOf(path) !== mark) return false;
  return true;
}

/** npm gives every file it unpacks the same mtime: the ctime tells the versions apart. */
function markOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return "";
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Each file of a folder with its bytes and mode, but for the lock, which holds nothing. */
export function folderBytes(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => !name.endsWith(".lock"));
  return Object.fromEntries(
    names.sort().map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      const content = stat.isSymbolicLink()
        ? readlinkSync(path)
        : stat.isFile()
          ? readFileSync(path, "base64")
          : "";
      return [name, `${stat.mode.toString(8)} ${content}`];
    }),
  );
}

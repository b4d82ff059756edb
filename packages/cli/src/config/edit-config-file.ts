import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { readTextFile } from "../input/read-text.ts";
import { configPath } from "./config-folder.ts";
import { configVersion, parseConfig } from "./read-config-file.ts";
import { replaceFile } from "./replace-file.ts";

const layout = { insertSpaces: true, tabSize: 2, eol: "\n" };

/**
 * Sets one member of the config file, or removes it where the value is undefined; what else is
 * there stays, comments too. Gives the file's path.
 *
 * @throws UsageError where the file is not one, before or after; it is left as it was then.
 */
export async function editConfigFile(member: readonly string[], value: unknown): Promise<string> {
  const path = configPath();
  const isNew = !existsSync(path);
  const text = isNew ? `{\n  "version": ${configVersion}\n}\n` : await readTextFile(path);
  await parseConfig(text, path);
  const { applyEdits, modify } = await import("jsonc-parser");
  const edits = modify(text, [...member], value, { formattingOptions: layout });
  const next = applyEdits(text, edits);
  await parseConfig(next, path).catch((error: Error) => {
    const what = error.message.replace(/^.*?:\d+:\d+: /, "");
    throw new UsageError(`${path} is left as it was: ${what}.`, "Edit it by hand.", "NOT_EDITED");
  });
  await replaceFile(isNew ? path : await realpath(path), next, isNew);
  return path;
}

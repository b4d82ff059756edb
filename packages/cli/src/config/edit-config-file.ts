import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { readTextFile } from "../input/read-text.ts";
import { configPath } from "./config-folder.ts";
import { configVersion, parseConfig } from "./read-config-file.ts";
import { replaceFile } from "./replace-file.ts";

const layout = { insertSpaces: true, tabSize: 2, eol: "\n" };

/**
 * Sets a member of the config file, or removes it if the value is undefined. The rest of the file
 * stays, including its comments. Returns the path of the file.
 *
 * @throws UsageError if the file is invalid before or after the change; it is then left unchanged.
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

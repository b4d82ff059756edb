import { dirname, join } from "node:path";
import { packagesFolder } from "../providers/packages/data-folder.ts";

/**
 * The folder of the saved conversations, one file each, which only this user can read. Undefined if
 * there is no home folder.
 */
export function logFolder(): string | undefined {
  const packages = packagesFolder();
  return packages && join(dirname(packages), "log");
}

const ending = ".jsonl";

/** The file of a conversation. */
export function fileOf(folder: string, conversation: string): string {
  return join(folder, `${conversation}${ending}`);
}

/** The conversation of a file; undefined for other files in the folder. */
export function conversationOf(file: string): string | undefined {
  return file.endsWith(ending) && isId.test(file.slice(0, -ending.length))
    ? file.slice(0, -ending.length)
    : undefined;
}

const isId = /^[0-9a-z]{8}$/;

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { configFolder } from "../config/config-folder.ts";
import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { readTextFile } from "../input/read-text.ts";

const ending = ".md";

/** The form of a template's name, which names a file and cannot be mistaken for a number. */
const isName = /^[a-z][\w-]{0,63}$/i;

/** The folder of this user's templates, next to the settings. */
export function templatesFolder(): string {
  return join(configFolder(), "templates");
}

export function templatePath(name: string): string {
  if (isName.test(name)) return join(templatesFolder(), `${name}${ending}`);
  throw new UsageError(
    `"${name}" is not the name of a template.`,
    "Give it one of letters, digits, _ and -, that begins with a letter.",
  );
}

/** The names of all templates, sorted. */
export async function templateNames(): Promise<readonly string[]> {
  const files = await readdir(templatesFolder()).catch(() => []);
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .filter((name) => isName.test(name))
    .sort();
}

/** Reads the text of a template. */
export async function readTemplate(name: string): Promise<string> {
  const path = templatePath(name);
  const names = await templateNames();
  if (names.includes(name)) return readTextFile(path);
  const near = nearest(name, names);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new UsageError(
    `There is no template "${name}".${hint}`,
    "acc templates lists them; acc templates add makes one.",
    "TEMPLATE_NOT_FOUND",
  );
}

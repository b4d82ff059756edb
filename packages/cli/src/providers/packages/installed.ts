import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOwn } from "@acc/cache/directory";
import { nameForm } from "../provider-setting.ts";
import { packagesFolder } from "./data-folder.ts";

/** The record in each package's folder. */
export const recordName = "acc.json";

/** The module in each package's folder that re-exports the package. */
export const entryName = "provider.mjs";

/** A provider that a package brought. */
export interface InstalledProvider {
  /** The name by which it is asked. */
  readonly name: string;
  readonly package: string;
  /** The exact version. */
  readonly version: string;
  /** The checksum of the package's tarball, as the registry gave it and npm checked it. */
  readonly integrity: string;
  /** The export that creates its clients. */
  readonly create: string;
  /** The id that its clients have by default. */
  readonly id: string;
  readonly publisher?: string;
  /** ISO 8601. */
  readonly installedAt: string;
}

/** The names of the providers that packages brought; a folder without a record is ignored. */
export function installedNames(): readonly string[] {
  const folder = packagesFolder();
  if (folder === undefined || !existsSync(folder)) return [];
  const isRecorded = (name: string) =>
    nameForm.test(name) && existsSync(join(folder, name, recordName));
  try {
    return readdirSync(folder).filter(isRecorded).sort();
  } catch {
    return [];
  }
}

/** The folder of the package with this name, whether it exists or not. */
export function folderOf(name: string): string | undefined {
  const folder = packagesFolder();
  return folder === undefined || !nameForm.test(name) ? undefined : join(folder, name);
}

/**
 * Reads the record of an installed provider.
 * @throws Error if it cannot be read, or others could have written it
 */
export function readInstalled(name: string): InstalledProvider {
  const folder = folderOf(name) ?? "";
  const places = [dirname(folder), folder, join(folder, recordName), join(folder, entryName)];
  const foreign = places.find((place) => !isOwn(lstatSync(place)));
  if (foreign !== undefined) throw new Error(`Others can write to ${foreign}.`);
  const record = JSON.parse(readFileSync(join(folder, recordName), "utf8"));
  const members = ["package", "version", "integrity", "create", "id", "installedAt"];
  const isWhole = members.every((member) => typeof Object(record)[member] === "string");
  if (!isWhole) throw new Error(`${join(folder, recordName)} is damaged.`);
  return { ...record, name };
}

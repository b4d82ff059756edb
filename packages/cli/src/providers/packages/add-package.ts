import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileSettings } from "../../config/resolve-settings.ts";
import { Failure, UsageError } from "../../failure.ts";
import { confirm } from "../../input/confirm.ts";
import { untilInterrupted } from "../../interrupt.ts";
import { printJson, tell, write } from "../../output/terminal.ts";
import { providerNames } from "../built-in.ts";
import { presetNames } from "../preset-names.ts";
import { nameForm } from "../provider-setting.ts";
import { describePackage } from "./describe-package.ts";
import { folderOf, type InstalledProvider, installedNames, recordName } from "./installed.ts";
import { findCreate } from "./load-package.ts";
import type { PackageSpec } from "./package-spec.ts";
import { fetchPackage, type StagedPackage, stagePackage, withStage } from "./staged-package.ts";

export interface PackageOptions {
  /** A name to use instead of the id that the package has. */
  readonly as?: string;
  readonly yes?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** Adds a provider's package, after showing what it is and will run. Its scripts are not run. */
export async function addPackage(spec: PackageSpec, options: PackageOptions): Promise<void> {
  const { as: wanted, yes = false, json = false } = options;
  if (json && !yes) throw notConfirmed();
  if (wanted !== undefined) await checkFree(wanted, options);
  const added = await untilInterrupted((signal) =>
    withStage(async (folder) => {
      const staged = await stagePackage(spec, folder, signal);
      if (!json) write(process.stderr, `${describePackage(staged)}\n`);
      if (!(yes || (await confirm("Add it?")))) throw notConfirmed();
      await fetchPackage(staged, signal);
      const found = await findCreate(folder, staged.facts.name);
      const name = wanted ?? found.id;
      await checkFree(name, options);
      return keep(name, staged, found);
    }),
  );
  if (json) printJson(added);
  else {
    tell(`${added.name} is added: ${added.package} ${added.version}.`);
    tell(`Ask it: acc chat -p ${added.name} "…"; check it: acc providers test ${added.name}`);
  }
}

/**
 * Moves the package to its place, where it replaces an earlier one. If that fails, the earlier one
 * is put back.
 */
async function keep(
  name: string,
  { facts, folder }: StagedPackage,
  { create, id }: { readonly create: string; readonly id: string },
): Promise<InstalledProvider> {
  const { version, integrity, publisher } = facts;
  const record: InstalledProvider = {
    ...{ name, package: facts.name, version, integrity, create, id, publisher },
    installedAt: new Date().toISOString(),
  };
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await writeFile(join(folder, recordName), text, { mode: 0o600 });
  const place = folderOf(name) ?? "";
  const old = `${folder}.old`;
  const isThere = existsSync(place);
  if (isThere) await rename(place, old);
  try {
    await rename(folder, place);
  } catch (error) {
    if (isThere) await rename(old, place);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
  return record;
}

/** @throws UsageError if the name is not valid, Failure if it is taken */
async function checkFree(name: string, { replace }: PackageOptions): Promise<void> {
  if (!nameForm.test(name)) {
    const fix = "Choose another name with --as: lower-case letters, digits and dashes.";
    throw new UsageError(`${JSON.stringify(name)} cannot be the name of a provider.`, fix);
  }
  const { providers = {} } = await fileSettings();
  const others = [...providerNames, ...presetNames, ...Object.keys(providers)];
  if (others.includes(name)) {
    const fix = `Give it another name: --as my-${name}`;
    throw new Failure("NAME_TAKEN", `There is a provider ${name} already.`, fix);
  }
  if (!replace && installedNames().includes(name)) {
    const fix = "Add --replace for another version, or --as NAME for one more.";
    throw new Failure("ALREADY_ADDED", `${name} was already added by a package.`, fix);
  }
}

function notConfirmed(): UsageError {
  return new UsageError(
    "Nothing was added: it was not confirmed.",
    "Answer in a terminal, or add --yes once you know the package.",
    "NOT_CONFIRMED",
  );
}

import { editConfigFile } from "../config/edit-config-file.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import type { FileSettings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { printJson, tell } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import { providerNames } from "./built-in.ts";
import { installedNames } from "./packages/installed.ts";
import { removePackage } from "./packages/remove-package.ts";
import { presetNames } from "./preset-names.ts";

/** Removes a provider that was added. */
export async function removeProvider(
  name: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const file = await fileSettings();
  await checkNames([name]);
  const isSetting = Object.hasOwn(file.providers ?? {}, name);
  const isPackage = installedNames().includes(name);
  if (!isSetting && !isPackage) throw notAdded(name);
  refuseWhereUsed(name, file);
  const path = isSetting
    ? await editConfigFile(["providers", name], undefined)
    : await removePackage(name);
  if (json) printJson({ removed: name, path });
  else tell(`${name} is gone from ${path}. Its key, if it has one, is still kept.`);
}

/**
 * Refuses to remove a provider that settings name, since an unknown name there stops every command.
 * A name that acc has itself stays known.
 */
function refuseWhereUsed(name: string, file: FileSettings): void {
  if (providerNames.includes(name) || presetNames.includes(name)) return;
  const users = [
    ...(file.provider === name ? ["provider"] : []),
    ...(file.chain?.includes(name) ? ["chain"] : []),
    ...Object.entries(file.providers ?? {}).flatMap(([other, { like }]) =>
      other !== name && like === name ? [`providers.${other}`] : [],
    ),
  ];
  if (users.length === 0) return;
  throw new UsageError(
    `${name} is still named in the settings, by ${users.join(" and ")}.`,
    "Change that first: acc config explain shows the file.",
    "IN_USE",
  );
}

function notAdded(name: string): UsageError {
  return new UsageError(
    `${name} comes with acc: there is nothing to remove.`,
    "acc providers list shows what was added.",
    "NOT_ADDED",
  );
}

import { providerNames } from "./built-in.ts";
import { installedNames } from "./packages/installed.ts";
import { presetNames } from "./preset-names.ts";
import type { ProviderSettings } from "./provider-setting.ts";

/** Whether somebody can be asked by that name. */
export function isKnownProvider(name: unknown, added: ProviderSettings = {}): boolean {
  return (
    [...providerNames, ...presetNames].includes(name as string) ||
    Object.hasOwn(added, name as string) ||
    installedNames().includes(name as string)
  );
}

/** Who is asked where nobody is named, in their order: those that come with `acc`, then those added. */
export function askedProviders(added: ProviderSettings = {}): readonly string[] {
  return [...new Set([...providerNames, ...Object.keys(added), ...installedNames()])];
}

/** Everybody who can be asked by name. */
export function allProviders(added: ProviderSettings = {}): readonly string[] {
  return [...new Set([...askedProviders(added), ...presetNames])];
}

import { providerNames } from "./built-in.ts";
import { installedNames } from "./packages/installed.ts";
import { presetNames } from "./preset-names.ts";
import type { ProviderSettings } from "./provider-setting.ts";

/** Whether a provider can be asked by this name. */
export function isKnownProvider(name: unknown, added: ProviderSettings = {}): boolean {
  return (
    [...providerNames, ...presetNames].includes(name as string) ||
    Object.hasOwn(added, name as string) ||
    installedNames().includes(name as string)
  );
}

/**
 * The providers that are asked if none is named, in order: those that come with `acc`, then those
 * added.
 */
export function askedProviders(added: ProviderSettings = {}): readonly string[] {
  return [...new Set([...providerNames, ...Object.keys(added), ...installedNames()])];
}

/** All providers that can be asked by name. */
export function allProviders(added: ProviderSettings = {}): readonly string[] {
  return [...new Set([...askedProviders(added), ...presetNames])];
}

import type { Client, ClientOptions } from "@acc/dual-mode";
import { UsageError } from "./failure.ts";
import { builtIn, type CreateProvider, providerNames } from "./providers/built-in.ts";
import type { ProviderSettings } from "./providers/provider-setting.ts";

/**
 * Creates a client of one provider; only its package is loaded.
 * @throws UsageError for a name that no provider has
 */
export async function createProvider(name: string, options: ClientOptions): Promise<Client> {
  return (await openProvider(name))(options);
}

/**
 * Returns a function that creates clients of one provider, with its settings.
 * @throws UsageError for a name that no provider has
 */
export async function openProvider(name: string): Promise<(options: ClientOptions) => Client> {
  const { fileSettings } = await import("./config/resolve-settings.ts");
  const { providers = {}, secrets } = await fileSettings();
  const create = await openNamed(name, providers);
  if (secrets === undefined || secrets.store === "file") return create;
  const { openOnce } = await import("./secrets/open-once.ts");
  return (options) => create({ secrets: () => openOnce(undefined), ...options });
}

async function openNamed(
  name: string,
  providers: ProviderSettings,
): Promise<(options: ClientOptions) => Client> {
  const { presetNames } = await import("./providers/preset-names.ts");
  const preset = presetNames.includes(name) ? { compatible: name } : undefined;
  const setting = Object.hasOwn(providers, name) ? providers[name] : preset;
  if (setting === undefined) return createOf(name);
  const { openFromSetting } = await import("./providers/from-setting.ts");
  return openFromSetting(name, setting, createOf);
}

/**
 * Returns the function that creates clients of a provider that comes with `acc` or that a package
 * brought.
 */
export async function createOf(name: string): Promise<CreateProvider> {
  const ours = await builtIn[name]?.();
  if (ours !== undefined) return ours;
  const { installedNames } = await import("./providers/packages/installed.ts");
  if (!installedNames().includes(name)) throw await noProvider(name);
  const { loadInstalled } = await import("./providers/packages/load-package.ts");
  return loadInstalled(name);
}

/** @throws UsageError for the first name that no provider has, before a request is sent */
export async function checkNames(names: readonly string[]): Promise<readonly string[]> {
  const unsure = names.filter((name) => !providerNames.includes(name));
  if (unsure.length === 0) return names;
  const { fileSettings } = await import("./config/resolve-settings.ts");
  const { isKnownProvider } = await import("./providers/known-providers.ts");
  const { providers } = await fileSettings();
  const unknown = unsure.find((name) => !isKnownProvider(name, providers));
  if (unknown !== undefined) throw await noProvider(unknown);
  return names;
}

/**
 * The providers that are asked if none is named: those that come with `acc`, then those that were
 * added.
 */
export async function askedNames(): Promise<readonly string[]> {
  const { fileSettings } = await import("./config/resolve-settings.ts");
  const { askedProviders } = await import("./providers/known-providers.ts");
  return askedProviders((await fileSettings()).providers);
}

async function noProvider(name: string): Promise<UsageError> {
  const { fileSettings } = await import("./config/resolve-settings.ts");
  const { allProviders } = await import("./providers/known-providers.ts");
  const { nearest } = await import("./input/nearest.ts");
  const known = allProviders((await fileSettings()).providers);
  const near = nearest(name, known);
  const fix = near ? `Did you mean ${near}?` : "acc providers list shows the providers.";
  return new UsageError(`There is no provider "${name}"; there are ${known.join(", ")}.`, fix);
}

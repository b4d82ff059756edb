import { fileSettings } from "../config/resolve-settings.ts";
import { allProviders, askedProviders } from "../providers/known-providers.ts";
import { installedNames } from "../providers/packages/installed.ts";
import { presetNames } from "../providers/preset-names.ts";
import type { ProviderSettings } from "../providers/provider-setting.ts";
import type { Awaited } from "./awaited.ts";

/** The providers; after a comma, those that are not named yet. */
export async function providerValues({ typed }: Awaited): Promise<readonly string[]> {
  const named = typed.split(",").slice(0, -1);
  const before = named.map((name) => `${name},`).join("");
  const others = allProviders(await described()).filter((name) => !named.includes(name));
  return others.map((name) => `${before}${name}`);
}

/** The names to offer for `acc providers add`, `remove` and `test`. */
export async function ownProviderValues(
  word: "add" | "remove" | "test",
): Promise<readonly string[]> {
  if (word === "add") return presetNames;
  const providers = await described();
  if (word === "test") return askedProviders(providers);
  return [...Object.keys(providers), ...installedNames()];
}

async function described(): Promise<ProviderSettings> {
  const { providers = {} } = await fileSettings().catch(() => ({ providers: {} }));
  return providers;
}

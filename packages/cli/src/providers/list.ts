import { fileSettings } from "../config/resolve-settings.ts";
import { table } from "../output/table.ts";
import { print, printJson } from "../output/terminal.ts";
import { providerNames } from "./built-in.ts";
import { describeSetting, shownSetting } from "./describe.ts";
import { type InstalledProvider, installedNames, readInstalled } from "./packages/installed.ts";
import { presetNames } from "./preset-names.ts";
import type { ProviderSetting } from "./provider-setting.ts";

/** A provider that can be asked, and where it comes from. */
interface Listed {
  readonly name: string;
  readonly from: "acc" | "settings" | "package";
  readonly what: string;
  readonly setting?: ProviderSetting;
  readonly record?: InstalledProvider;
}

/** Lists the providers of `acc`, those that were added, and the presets that need no adding. */
export async function listProviders({ json }: { readonly json?: boolean }): Promise<void> {
  const { providers = {} } = await fileSettings();
  const listed = [...own(providers), ...ofSettings(providers), ...ofPackages()];
  const presets = presetNames.filter((name) => !Object.hasOwn(providers, name));
  if (json) {
    const documents = listed.map(({ setting, record, what: _, ...rest }) => ({
      ...rest,
      ...setting,
      ...record,
    }));
    printJson({ providers: documents, presets });
    return;
  }
  const rows = listed.map(({ name, from, what, setting = {} }) => {
    const { model = "", baseUrl = "" } = setting;
    return [name, from, what, model, baseUrl];
  });
  print(table(["provider", "from", "kind", "model", "address"], rows));
  print(`\nby name only: ${presets.join(", ")}`);
}

type Settings = Readonly<Record<string, ProviderSetting>>;

function own(providers: Settings): readonly Listed[] {
  return providerNames
    .filter((name) => !Object.hasOwn(providers, name))
    .map((name) => ({ name, from: "acc", what: "built in" }));
}

function ofSettings(providers: Settings): readonly Listed[] {
  return Object.entries(providers).map(([name, setting]) => ({
    name,
    from: "settings",
    what: describeSetting(setting),
    setting: shownSetting(setting),
  }));
}

/** Lists packages from their records only: none of their code is run. */
function ofPackages(): readonly Listed[] {
  return installedNames().map((name) => {
    try {
      const record = readInstalled(name);
      return { name, from: "package", what: `${record.package} ${record.version}`, record };
    } catch (error) {
      return { name, from: "package", what: error instanceof Error ? error.message : "damaged" };
    }
  });
}

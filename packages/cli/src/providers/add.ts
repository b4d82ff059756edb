import type { ProviderStatus } from "@acc/dual-mode";
import { editConfigFile } from "../config/edit-config-file.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { parseJson } from "../input/parse-json.ts";
import { printJson, tell } from "../output/terminal.ts";
import { createOf } from "../providers.ts";
import { describeSetting, shownSetting } from "./describe.ts";
import { openFromSetting } from "./from-setting.ts";
import type { PackageOptions } from "./packages/add-package.ts";
import { installedNames } from "./packages/installed.ts";
import { packageSpec } from "./packages/package-spec.ts";
import type { ProviderSetting } from "./provider-setting.ts";
import { readProviders } from "./read-providers.ts";
import { type SettingFlags, settingFlags, settingOf } from "./setting-flags.ts";
import { shownAddress } from "./shown-address.ts";

export interface AddOptions extends SettingFlags, PackageOptions {}

/** Adds a provider: a package, or one that the flags describe. */
export async function addProvider(word: string, options: AddOptions): Promise<void> {
  const described = settingFlags.find((flag) => options[flag] !== undefined);
  const spec = described === undefined ? packageSpec(word) : undefined;
  if (spec !== undefined) {
    const { addPackage } = await import("./packages/add-package.ts");
    return addPackage(spec, options);
  }
  if (options.as !== undefined) {
    throw new UsageError("--as is for packages.", `Write the name itself: acc providers add NAME`);
  }
  return addSetting(word, options);
}

/** Writes a provider into the config file, with the same checks as when it is used. */
async function addSetting(name: string, options: AddOptions): Promise<void> {
  const written = settingOf(name, options);
  const setting = checked(name, written);
  const { providers = {} } = await fileSettings();
  if (Object.hasOwn(providers, name) && !options.replace) throw alreadyThere(name);
  if (installedNames().includes(name)) throw ofPackage(name);
  const status = await statusOf(name, setting);
  const path = await editConfigFile(["providers", name], written);
  if (options.json) {
    printJson({ name, ...shownSetting(setting), path });
    return;
  }
  tell(`${name} is added, ${describeSetting(setting)}: ${path}`);
  for (const step of nextSteps(name, setting, status)) tell(step);
}

function checked(name: string, written: object): ProviderSetting {
  const text = JSON.stringify({ [name]: written });
  const refuse = (_: unknown, what: string) =>
    new UsageError(`${what}.`, "Run: acc providers add --help", "INVALID_SETTING");
  return readProviders(parseJson(text, "providers"), refuse)[name] ?? {};
}

/** Reads the status of the provider, which checks its options too. Sends no request. */
async function statusOf(
  name: string,
  setting: ProviderSetting,
): Promise<ProviderStatus | undefined> {
  await using client = (await openFromSetting(name, setting, createOf))({});
  const [status] = await client.status();
  return status;
}

function nextSteps(
  name: string,
  { billing, baseUrl, key }: ProviderSetting,
  status: ProviderStatus | undefined,
): readonly string[] {
  const { keys = [], credential, keyless = [], model } = status ?? {};
  const isFree = billing === "login" || keys.length > 0 || keyless.length > 0;
  const needsKey = credential !== undefined && !isFree;
  return [
    ...(needsKey ? [`Next, its key: acc secrets set ${credential.name}`] : []),
    ...(baseUrl !== undefined && key === undefined && credential !== undefined && keys.length > 0
      ? [`It sends the key ${credential.name} to ${shownAddress(baseUrl)}.`]
      : []),
    ...(model === "" ? [`It has no model by default; what it has: acc models -p ${name}`] : []),
    `Try it: acc providers test ${name}`,
  ];
}

function ofPackage(name: string): UsageError {
  return new UsageError(
    `${name} was already added by a package.`,
    `Give this one another name, and it may be --like ${name}.`,
    "NAME_TAKEN",
  );
}

function alreadyThere(name: string): UsageError {
  return new UsageError(
    `${name} is among the settings already.`,
    `Add --replace to replace it, or run: acc providers remove ${name}`,
    "ALREADY_ADDED",
  );
}

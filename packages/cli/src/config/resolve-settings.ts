import { UsageError } from "../failure.ts";
import { isKnownProvider } from "../providers/known-providers.ts";
import { configPath } from "./config-folder.ts";
import { readConfigFile } from "./read-config-file.ts";
import {
  type FileSettings,
  type IsProvider,
  type SettingName,
  type Settings,
  settingNames,
  settings,
} from "./settings.ts";

let fileRead: Promise<FileSettings> | undefined;

/** The settings of the config file, which is read once. */
export function fileSettings(): Promise<FileSettings> {
  fileRead ??= readConfigFile(configPath());
  return fileRead;
}

/** The value of a setting and its source: `env:NAME`, `file` or `default`. */
export interface ResolvedSetting {
  readonly name: SettingName;
  readonly value?: unknown;
  readonly source: string;
}

/** Every setting with its source; the environment overrides the file. */
export async function explainSettings(): Promise<readonly ResolvedSetting[]> {
  const file = await fileSettings();
  const isProvider: IsProvider = (name) => isKnownProvider(name, file.providers);
  return settingNames.map((name) => {
    const { env } = settings[name];
    const text = process.env[env];
    if (text) return { name, value: fromVariable(name, text, isProvider), source: `env:${env}` };
    const value = file[name];
    return value === undefined ? { name, source: "default" } : { name, value, source: "file" };
  });
}

/** The settings that apply unless flags override them. */
export async function resolveSettings(): Promise<Settings> {
  const all = await explainSettings();
  const set = all.filter(({ value }) => value !== undefined);
  const settled = Object.fromEntries(set.map(({ name, value }) => [name, value])) as Settings;
  const from = (wanted: SettingName) => all.find(({ name }) => name === wanted)?.source ?? "";
  if (settled.provider && settled.chain && isNearer(from("chain"), from("provider"))) {
    const { provider: _, ...rest } = settled;
    return rest;
  }
  return settled;
}

/** A chain from the environment overrides a provider from the file. */
function isNearer(one: string, other: string): boolean {
  return one.startsWith("env:") && other === "file";
}

function fromVariable(name: SettingName, text: string, isProvider: IsProvider): unknown {
  const { env, check, read, valid } = settings[name];
  const value = check(read(text), isProvider);
  if (value !== undefined) return value;
  throw new UsageError(
    `${env} is ${JSON.stringify(text)} and must be ${valid}.`,
    `Set ${env} to something else, or unset it.`,
    "INVALID_SETTING",
  );
}

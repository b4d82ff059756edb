import { UsageError } from "../failure.ts";
import { nearest } from "../input/nearest.ts";
import { printJson, tell } from "../output/terminal.ts";
import { isKnownProvider } from "../providers/known-providers.ts";
import { editConfigFile } from "./edit-config-file.ts";
import { fileSettings } from "./resolve-settings.ts";
import { type SettingName, settingNames, settings } from "./settings.ts";

/** Writes a setting into the config file. The value is given as in its environment variable. */
export async function setSetting(
  word: string,
  text: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const name = settingOf(word);
  const { check, read, valid, env } = settings[name];
  const { providers } = await fileSettings();
  const value = check(read(text), (each) => isKnownProvider(each, providers));
  if (value === undefined) {
    throw new UsageError(
      `${name} cannot be ${JSON.stringify(text)}: it must be ${valid}.`,
      `acc config set ${name} VALUE; acc config explain shows what is set.`,
      "INVALID_SETTING",
    );
  }
  const path = await editConfigFile([name], value);
  if (process.env[env]) tell(`${env} is set and takes precedence.`);
  if (json) printJson({ name, value, path });
  else tell(`${name} is ${typeof value === "string" ? value : JSON.stringify(value)} now: ${path}`);
}

/** Removes a setting from the config file. */
export async function unsetSetting(word: string): Promise<void> {
  const name = settingOf(word);
  const path = await editConfigFile([name], undefined);
  tell(`${name} is unset: ${path}`);
}

function settingOf(word: string): SettingName {
  const name = settingNames.find((each) => each === word);
  if (name !== undefined) return name;
  const near = nearest(word, settingNames);
  const fix = near ? `Did you mean ${near}?` : `There are ${settingNames.join(", ")}.`;
  throw new UsageError(`There is no setting ${JSON.stringify(word)}.`, fix);
}

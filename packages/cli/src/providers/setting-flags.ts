import { UsageError } from "../failure.ts";
import { providerNames } from "./built-in.ts";
import { presetNames } from "./preset-names.ts";

/** The flags that describe a provider of the config file, as they were parsed. */
export interface SettingFlags {
  readonly compatible?: string;
  readonly like?: string;
  readonly baseUrl?: string;
  readonly key?: string;
  readonly model?: string;
  readonly billing?: string;
  readonly header?: readonly string[];
  readonly set?: readonly string[];
}

/** Their names: where one is given, a provider is described, and no package is meant. */
export const settingFlags: readonly (keyof SettingFlags)[] = [
  ...(["compatible", "like", "baseUrl", "key", "model", "billing", "header", "set"] as const),
];

/** The provider's setting as the config file is to have it, not checked yet. */
export function settingOf(name: string, flags: SettingFlags): object {
  const { like, baseUrl, key, model, billing, header = [], set = [] } = flags;
  const isOurs = providerNames.includes(name) || presetNames.includes(name);
  const isServer = baseUrl !== undefined && like === undefined && !isOurs;
  const { compatible = isServer ? "openai" : undefined } = flags;
  const headers = header.map((line) => pairOf(line, ":", '--header "x-team: blue"'));
  const others = set.map((text) => pairOf(text, "=", "--set 'defaults={\"temperature\":0}'"));
  const given = { like, compatible, baseUrl, key, model, billing };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...Object.fromEntries(others.map(([member, text]) => [member, jsonOrText(text)])),
  };
}

function pairOf(text: string, sign: string, example: string): readonly [string, string] {
  const at = text.indexOf(sign);
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  const flag = example.split(" ")[0];
  throw new UsageError(`${flag} wants a name, "${sign}" and a value.`, `Write: ${example}`);
}

/** JSON, or else the text itself. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { UsageError } from "../failure.ts";
import { providerNames } from "./built-in.ts";
import { presetNames } from "./preset-names.ts";

/** The parsed flags that describe a provider of the config file. */
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

/**
 * The names of these flags. If one is given, the word describes a provider and is not a package.
 */
export const settingFlags: readonly (keyof SettingFlags)[] = [
  ...(["compatible", "like", "baseUrl", "key", "model", "billing", "header", "set"] as const),
];

/** The provider's setting as it is written into the config file, not checked yet. */
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

/** Parses JSON, or returns the text itself. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

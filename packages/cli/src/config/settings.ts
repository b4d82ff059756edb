import { durationOf, sizeOf } from "../input/amounts.ts";
import { providerNames } from "../providers/built-in.ts";
import type { ProviderSettings } from "../providers/provider-setting.ts";
import type { SecretsSetting } from "../secrets/secrets-setting.ts";
import type { ServeSetting } from "../serve/serve-setting.ts";
import type { McpServers } from "../tools/mcp-setting.ts";

/** The settings that the config file and the environment may set. */
export interface Settings {
  readonly provider?: string;
  readonly chain?: readonly string[];
  readonly model?: string;
  readonly prefer?: "sdk" | "cli";
  readonly only?: "sdk" | "cli";
  readonly cache?: boolean;
  readonly models?: Readonly<Record<string, string | readonly string[]>>;
  /** What is saved of a conversation. */
  readonly log?: "texts" | "metadata" | "off";
  /** A time, such as "30d". */
  readonly logAge?: string;
  /** A size, such as "50MB". */
  readonly logSize?: string;
  /** Whether `acc chat` asks through a running `acc serve`. */
  readonly server?: "auto" | "off";
}

export type SettingName = keyof Settings;

/** The settings, and the members that only the config file may have. */
export interface FileSettings extends Settings {
  readonly providers?: ProviderSettings;
  readonly secrets?: SecretsSetting;
  readonly mcpServers?: McpServers;
  readonly serve?: ServeSetting;
}

/** Whether a provider has this name; the config file may add providers. */
export type IsProvider = (name: unknown) => boolean;

/** One setting: its purpose, its environment variable, and its valid values. */
export interface Setting {
  readonly env: string;
  readonly what: string;
  /** The behaviour if it is not set, in words. */
  readonly otherwise: string;
  readonly valid: string;
  /** Checks a value from the file; returns undefined if it is invalid. */
  readonly check: (value: unknown, isProvider: IsProvider) => unknown;
  /** Converts the text of the variable to a value as in the file. */
  readonly read: (text: string) => unknown;
}

const names = `${providerNames.join(", ")} or another that acc providers list shows`;

export const settings: Readonly<Record<SettingName, Setting>> = {
  provider: {
    env: "ACC_PROVIDER",
    what: "the provider to ask",
    otherwise: "the first that is available",
    valid: `one of ${names}`,
    check: (value, isProvider) => (isProvider(value) ? value : undefined),
    read: (text) => text,
  },
  chain: {
    env: "ACC_CHAIN",
    what: "the providers to try in order",
    otherwise: "no chain",
    valid: `a list of ${names}`,
    check: (value, isProvider) =>
      Array.isArray(value) && value.length > 0 && value.every((name) => isProvider(name))
        ? value
        : undefined,
    read: (text) => text.split(",").map((name) => name.trim()),
  },
  model: {
    env: "ACC_MODEL",
    what: "the model of the provider, or of the first of the chain",
    otherwise: "the provider's own default",
    valid: "a model's name",
    check: (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined),
    read: (text) => text,
  },
  prefer: {
    env: "ACC_PREFER",
    what: "the mode to try first",
    otherwise: "sdk; cli if there is no key",
    valid: '"sdk" or "cli"',
    check: (value) => (value === "sdk" || value === "cli" ? value : undefined),
    read: (text) => text,
  },
  only: {
    env: "ACC_ONLY",
    what: "use only this mode",
    otherwise: "either",
    valid: '"sdk" or "cli"',
    check: (value) => (value === "sdk" || value === "cli" ? value : undefined),
    read: (text) => text,
  },
  cache: {
    env: "ACC_CACHE",
    what: "whether answers are kept and reused",
    otherwise: "true",
    valid: "true or false",
    check: (value) => (typeof value === "boolean" ? value : undefined),
    read: (text) => ({ true: true, false: false, on: true, off: false, 1: true, 0: false })[text],
  },
  models: {
    env: "ACC_MODELS",
    what: "names and patterns for a model, or for several to try in order, on a server",
    otherwise: "no names but the providers' own",
    valid: 'an object such as { "fast": "groq/a-model", "best": ["claude/a-model", "gemini"] }',
    check: (value) => (isModels(value) ? value : undefined),
    read: parsed,
  },
  log: {
    env: "ACC_LOG",
    what: "what acc log saves of a conversation: encrypted texts, or only metadata",
    otherwise: "texts",
    valid: '"texts", "metadata" or "off"',
    check: (value) => (logLevels.includes(value) ? value : undefined),
    read: (text) =>
      ({ true: "texts", false: "off", on: "texts", 1: "texts", 0: "off" })[text] ?? text,
  },
  logAge: {
    env: "ACC_LOG_AGE",
    what: "how long a conversation is kept after its last turn",
    otherwise: "365d",
    valid: 'a time such as "30d" or "12h"',
    check: (value) => (durationOf(value) === undefined ? undefined : value),
    read: (text) => text,
  },
  logSize: {
    env: "ACC_LOG_SIZE",
    what: "the most disk space of all conversations; the oldest are deleted first",
    otherwise: "200MB",
    valid: 'a size such as "50MB" or "1GB"',
    check: (value) => (sizeOf(value) === undefined ? undefined : value),
    read: (text) => text,
  },
  server: {
    env: "ACC_SERVER",
    what: "whether acc chat asks through your running acc serve, if that would answer the same",
    otherwise: "off",
    valid: '"auto" or "off"',
    check: (value) => (value === "auto" || value === "off" ? value : undefined),
    read: (text) => text,
  },
};

const logLevels: readonly unknown[] = ["texts", "metadata", "off"];

function isModels(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const isName = (each: unknown) => typeof each === "string" && each.trim() !== "";
  return Object.values(value).every(
    (target) =>
      isName(target) || (Array.isArray(target) && target.length > 0 && target.every(isName)),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const settingNames: readonly SettingName[] = Object.keys(settings) as SettingName[];

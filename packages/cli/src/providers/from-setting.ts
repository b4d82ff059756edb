import { type Client, type ClientOptions, DualModeError } from "@acc/dual-mode";
import type { CompatibleServer } from "@acc/openai/compatible";
import { configPath } from "../config/config-folder.ts";
import { UsageError } from "../failure.ts";
import {
  needsAddress,
  type ProviderSetting,
  serverMembers,
  sharedOptions,
  vendorOptions,
} from "./provider-setting.ts";

type Create = (options?: ClientOptions) => Client;

/**
 * Returns a function that creates clients of a provider in the config file. `load` loads the
 * provider that it is like.
 */
export async function openFromSetting(
  name: string,
  setting: ProviderSetting,
  load: (like: string) => Promise<Create>,
): Promise<(options: ClientOptions) => Client> {
  const { like, compatible = "" } = setting;
  if (needsAddress(setting)) throw noAddress(name);
  const create = like === undefined ? await serverOf(name, compatible, setting) : await load(like);
  const members = like === undefined ? sharedOptions : [...sharedOptions, ...vendorOptions];
  const keyName = like !== undefined && setting.key !== undefined && { keyName: setting.key };
  const own = { name, ...only(setting, members), ...keyName };
  return (options) => {
    try {
      return create({ ...own, ...options });
    } catch (error) {
      throw inSettings(name, error);
    }
  };
}

/** A server for chat completions: a preset, or one that the setting describes. */
async function serverOf(
  name: string,
  compatible: string,
  setting: ProviderSetting,
): Promise<Create> {
  const { createCompatible } = await import("@acc/openai/compatible");
  const { presets } = await import("./presets.ts");
  const own = { id: name, baseUrl: setting.baseUrl ?? "" };
  const preset: CompatibleServer = presets.find(({ id }) => id === compatible) ?? own;
  const { key, model } = setting;
  const named = key && { name: key, env: [variableOf(key)], required: true };
  const server = {
    ...preset,
    ...(named && { key: named }),
    ...only(setting, serverMembers),
    defaultModel: model ?? preset.defaultModel ?? "",
  };
  return (options) => createCompatible(server, options);
}

function noAddress(name: string): UsageError {
  return new UsageError(
    `${name} has no fixed address: each customer has a different one.`,
    `Run: acc providers add ${name} --base-url https://<resource>.openai.azure.com/openai/v1`,
    "INVALID_SETTING",
  );
}

function variableOf(secret: string): string {
  return secret.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
}

function only(setting: ProviderSetting, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(setting).filter(([member]) => members.includes(member)));
}

/** Reports a fault in the client's options as a fault in the config file. */
function inSettings(name: string, error: unknown): unknown {
  if (!DualModeError.is(error) || error.code !== "INVALID_REQUEST") return error;
  const { code, message, fix = "Correct it." } = error;
  return new DualModeError(code, `"providers.${name}" in ${configPath()}: ${message}`, { fix });
}

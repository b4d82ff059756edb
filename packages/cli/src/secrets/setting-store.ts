import { readFile } from "node:fs/promises";
import { type SecretStore, SecretsError } from "@acc/secrets";
import type { CommandStoreOptions } from "@acc/secrets/command";
import type { DockerHelperStoreOptions } from "@acc/secrets/docker-helpers";
import type { VaultAuth, VaultStoreOptions } from "@acc/secrets/vault";
import { configPath } from "../config/config-folder.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { tell } from "../output/terminal.ts";
import type { FromOutside, SecretsSetting } from "./secrets-setting.ts";

/** The store outside that the config file names; none where it is the file of this machine. */
export async function settingStore(): Promise<SecretStore | undefined> {
  const { secrets } = await fileSettings();
  if (secrets === undefined || secrets.store === "file") return undefined;
  try {
    return await openStore(secrets);
  } catch (error) {
    if (!SecretsError.is(error)) throw error;
    const what = `"secrets" in ${configPath()}: ${error.message}`;
    throw new UsageError(what, "Correct it.", "INVALID_SETTING");
  }
}

/** In words: the store, and where it is. */
export function placeOf({ store, address, helper, command }: SecretsSetting): string {
  const program = Array.isArray(command) ? command[0] : undefined;
  return [store, address ?? helper ?? program].filter((word) => typeof word === "string").join(" ");
}

async function openStore({ store, ...options }: SecretsSetting): Promise<SecretStore> {
  const onWarning = ({ message }: { readonly message: string }) => tell(message);
  if (store === "command") {
    const { createCommandStore } = await import("@acc/secrets/command");
    return createCommandStore({ ...(options as unknown as CommandStoreOptions), onWarning });
  }
  if (store === "docker-helper") {
    const { createDockerHelperStore } = await import("@acc/secrets/docker-helpers");
    return createDockerHelperStore({
      ...(options as unknown as DockerHelperStoreOptions),
      onWarning,
    });
  }
  const { createVaultStore } = await import("@acc/secrets/vault");
  const auth = authOf(options.auth as Record<string, unknown>);
  return createVaultStore({ ...(options as unknown as VaultStoreOptions), auth, onWarning });
}

/** What the file names is read when it is needed, for it may be replaced. */
function authOf(setting: Record<string, unknown>): VaultAuth {
  const entries = Object.entries(setting).map(([name, value]) => [
    name,
    typeof value === "object" && value !== null ? () => outside(value as FromOutside) : value,
  ]);
  return Object.fromEntries(entries) as VaultAuth;
}

async function outside(from: FromOutside): Promise<string> {
  if ("file" in from) return readFile(from.file, "utf8");
  const value = process.env[from.env];
  if (value) return value;
  throw new UsageError(
    `${from.env}, which the config file names, is not set.`,
    `Set it, or name another in ${configPath()}.`,
    "INVALID_SETTING",
  );
}

import { type SecretStore, SecretsError } from "@acc/secrets";
import type { AwsStoreOptions } from "@acc/secrets/aws";
import type { CommandStoreOptions } from "@acc/secrets/command";
import type { DockerHelperStoreOptions } from "@acc/secrets/docker-helpers";
import type { FilesStoreOptions } from "@acc/secrets/files";
import type { AccessToken, GcpStoreOptions } from "@acc/secrets/gcp";
import type { VaultStoreOptions } from "@acc/secrets/vault";
import { configPath } from "../config/config-folder.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { tell } from "../output/terminal.ts";
import { authOf, outside } from "./from-outside.ts";
import { openAws } from "./open-aws.ts";
import type { FromOutside, SecretsSetting } from "./secrets-setting.ts";

/** The external store that the config file names; undefined if it is the file of this machine. */
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

/** The store and its place, in words. */
export function placeOf(setting: SecretsSetting): string {
  const { store, address, helper, command, endpoint, region, project, folder } = setting;
  const program = Array.isArray(command) ? command[0] : undefined;
  const where = address ?? helper ?? program ?? endpoint ?? region ?? project ?? folder;
  return [store, where].filter((word) => typeof word === "string").join(" ");
}

async function openStore({ store, ...options }: SecretsSetting): Promise<SecretStore> {
  const onWarning = ({ message }: { readonly message: string }) => tell(message);
  if (store === "command") {
    const { createCommandStore } = await import("@acc/secrets/command");
    return createCommandStore({ ...(options as unknown as CommandStoreOptions), onWarning });
  }
  if (store === "files") {
    const { createFilesStore } = await import("@acc/secrets/files");
    return createFilesStore({ ...(options as unknown as FilesStoreOptions), onWarning });
  }
  if (store === "docker-helper") {
    const { createDockerHelperStore } = await import("@acc/secrets/docker-helpers");
    return createDockerHelperStore({
      ...(options as unknown as DockerHelperStoreOptions),
      onWarning,
    });
  }
  if (store === "aws") {
    const { createAwsStore } = await import("@acc/secrets/aws");
    const client = await openAws(options);
    return createAwsStore({ ...(options as Partial<AwsStoreOptions>), client, onWarning });
  }
  if (store === "gcp") {
    const gcp = await import("@acc/secrets/gcp");
    const token = gcpToken(options, gcp);
    return gcp.createGcpStore({ ...(options as unknown as GcpStoreOptions), token, onWarning });
  }
  const { createVaultStore } = await import("@acc/secrets/vault");
  const auth = authOf(options.auth as Record<string, unknown>);
  return createVaultStore({ ...(options as unknown as VaultStoreOptions), auth, onWarning });
}

/**
 * The token from the file or variable that the setting names, from a program, or of this Google
 * Cloud machine.
 */
function gcpToken(
  { token, tokenCommand, timeout }: { readonly [member: string]: unknown },
  { commandToken, metadataToken }: typeof import("@acc/secrets/gcp"),
): AccessToken {
  const inTime = typeof timeout === "number" ? { timeout } : {};
  if (token !== undefined) return () => outside(token as FromOutside);
  if (tokenCommand === undefined) return metadataToken(inTime);
  return commandToken({ command: tokenCommand as readonly string[], ...inTime });
}

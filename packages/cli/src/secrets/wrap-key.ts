import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { environmentKey, type KeyProvider, keyFile, SecretsError, secretsPath } from "@acc/secrets";
import type { KmsKeyOptions } from "@acc/secrets/aws";
import type { TransitKeyOptions } from "@acc/secrets/vault";
import { configPath } from "../config/config-folder.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { authOf } from "./from-outside.ts";
import { openKms } from "./open-aws.ts";
import type { WrapSetting } from "./wrap-setting.ts";

/**
 * The service that the config file names to seal the store's wrapping key; undefined if it names
 * none.
 */
export async function wrapKey(): Promise<KeyProvider | undefined> {
  const { secrets } = await fileSettings();
  if (secrets?.wrap === undefined) return undefined;
  try {
    return await providerOf(secrets.wrap);
  } catch (error) {
    if (!SecretsError.is(error)) throw error;
    const what = `"secrets.wrap" in ${configPath()}: ${error.message}`;
    throw new UsageError(what, "Correct it.", "INVALID_SETTING");
  }
}

/**
 * The keys that open a store whose key is sealed by a service: only that one for a new store, and
 * the usual keys too for an existing store, until they are removed.
 */
export async function wrappedKeys(
  env: NodeJS.ProcessEnv,
): Promise<readonly KeyProvider[] | undefined> {
  const wrap = await wrapKey();
  if (wrap === undefined) return undefined;
  return existsSync(secretsPath())
    ? [wrap, environmentKey({ env }), keyFile(usualFile(env))]
    : [wrap];
}

function usualFile({ ACC_SECRETS_KEY_FILE: named }: NodeJS.ProcessEnv): string {
  return named || join(dirname(secretsPath()), "acc-secrets.key");
}

/** The service and its key, in words. */
export function wrapPlace({ provider, key }: WrapSetting): string {
  return `${provider} ${key}`;
}

async function providerOf({ provider, ...options }: WrapSetting): Promise<KeyProvider> {
  if (provider === "aws-kms") {
    const { kmsKey } = await import("@acc/secrets/aws");
    const client = await openKms(options);
    return kmsKey({ ...(options as unknown as KmsKeyOptions), client });
  }
  const { transitKey } = await import("@acc/secrets/vault");
  const auth = authOf(options.auth as Record<string, unknown>);
  return transitKey({ ...(options as unknown as TransitKeyOptions), auth });
}

import { openSecrets, type SecretsManager, type SecretsWarning } from "@acc/secrets";
import { wrappedKeys } from "./wrap-key.ts";

/**
 * Opens this machine's store file with its usual key, or with the service that the config file
 * names.
 */
export async function openFile(
  onWarning: (warning: SecretsWarning) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SecretsManager> {
  const keys = await wrappedKeys(env);
  return openSecrets({ ...(keys && { keys }), env, onWarning });
}

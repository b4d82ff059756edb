import { openSecrets, type SecretsManager, type SecretsWarning } from "@acc/secrets";
import { wrappedKeys } from "./wrap-key.ts";

/** The store of this machine's file, opened with its usual key, or what the config file names. */
export async function openFile(
  onWarning: (warning: SecretsWarning) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SecretsManager> {
  const keys = await wrappedKeys(env);
  return openSecrets({ ...(keys && { keys }), env, onWarning });
}

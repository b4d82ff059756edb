import { openSecrets } from "@acc/secrets";
import { fileSettings } from "../config/resolve-settings.ts";

/**
 * The names in the store, if its usual key opens it: completion never asks for a passphrase. For an
 * external store, which is not queried at each key press, the names in the config file.
 */
export async function secretValues(): Promise<readonly string[]> {
  try {
    const { secrets: setting } = await fileSettings();
    if (setting && setting.store !== "file") return Object.keys(setting.names ?? {});
    await using secrets = await openSecrets({ onWarning: () => {} });
    return await secrets.list();
  } catch {
    return [];
  }
}

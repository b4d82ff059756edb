import { openSecrets } from "@acc/secrets";
import { fileSettings } from "../config/resolve-settings.ts";

/**
 * The names in the store, where its usual key opens it: nobody is asked for a passphrase here. Of a
 * store outside, which is not asked at each key that is pressed, those that the config file has.
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

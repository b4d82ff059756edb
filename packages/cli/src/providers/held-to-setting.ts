import type { ProviderStatus } from "@acc/dual-mode";
import { fileSettings } from "../config/resolve-settings.ts";

/** The status of a provider, without what its setting rules out: a mode, a login, its keys. */
export async function heldToSetting(status: ProviderStatus): Promise<ProviderStatus> {
  const { providers = {} } = await fileSettings();
  const { only, billing } = providers[status.provider] ?? {};
  const { cli, sdk, keys, credential, ...rest } = status;
  const byLogin = billing === "login";
  const login = cli?.available && billing === "key" ? { ...cli, login: false } : cli;
  return {
    ...rest,
    keys: byLogin ? [] : keys,
    ...(credential && !byLogin && { credential }),
    ...(login && only !== "sdk" && { cli: login }),
    ...(sdk && only !== "cli" && { sdk }),
  };
}

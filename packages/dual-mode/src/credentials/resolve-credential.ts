import type { Secret } from "@acc/secrets";
import type { Provider } from "../contract/provider.ts";
import { findKeys } from "./find-keys.ts";

/**
 * The key of a provider as its clients find it, from the secrets store or the environment: for a
 * provider's own command. Undefined where there is none.
 */
export async function resolveCredential(
  provider: Pick<Provider, "credential">,
): Promise<Secret | undefined> {
  const { keys } = await findKeys(provider, {});
  return keys[0]?.secret;
}

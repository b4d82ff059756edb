import type { Secret } from "@acc/secrets";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { findKeys } from "./find-keys.ts";

/**
 * Returns the key of a provider from the secrets store or the environment, as its clients find it:
 * for a provider's own command. Undefined if there is none.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if the only key is one that no header can carry
 */
export async function resolveCredential(
  provider: Pick<Provider, "credential">,
): Promise<Secret | undefined> {
  const { keys, refused } = await findKeys(provider, {});
  if (keys.length === 0 && refused[0] !== undefined) {
    throw new DualModeError("INVALID_REQUEST", refused[0].reason, { fix: refused[0].fix });
  }
  return keys[0]?.secret;
}

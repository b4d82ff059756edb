import type { Secret } from "@acc/secrets";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { findKeys } from "./find-keys.ts";

/**
 * The key of a provider as its clients find it, from the secrets store or the environment: for a
 * provider's own command. Undefined where there is none.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` where no header can carry the one that there is
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

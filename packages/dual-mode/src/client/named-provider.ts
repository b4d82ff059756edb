import type { ClientOptions } from "../contract/client.ts";
import type { NamedProvider, Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

/**
 * Returns the provider with the client's own name and key name.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a key name if the provider takes no key
 */
export function namedProvider<Options>(
  provider: Provider<Options>,
  { name = provider.id, keyName }: Pick<ClientOptions, "name" | "keyName">,
): NamedProvider<Options> {
  if (keyName === undefined) return { ...provider, name };
  if (provider.credential === undefined) {
    throw new DualModeError("INVALID_REQUEST", `${provider.id} takes no key.`, {
      fix: "Leave the option keyName out.",
    });
  }
  const variable = keyName.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return { ...provider, name, credential: { name: keyName, env: [variable] } };
}

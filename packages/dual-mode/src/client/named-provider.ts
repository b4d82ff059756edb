import type { ClientOptions } from "../contract/client.ts";
import type { NamedProvider, Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

/**
 * The provider as one client knows it: by its own name, and with its own key.
 * @throws {@link DualModeError} `INVALID_REQUEST` for the name of a key where none is taken
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

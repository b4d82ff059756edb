import type { Environment } from "../environment.ts";
import { SecretsError } from "../errors.ts";
import type { KeyProvider } from "./key-provider.ts";
import { parseKeys } from "./key-text.ts";

export const keyVariable = "ACC_SECRETS_KEY";

/**
 * Creates a provider that takes the wrapping key from `ACC_SECRETS_KEY`: one key, or several
 * separated by commas, of which the first one wraps and each can open.
 */
export function environmentKey(
  options: { readonly env?: Environment; readonly variable?: string } = {},
): KeyProvider {
  const variable = options.variable ?? keyVariable;
  const held = (): readonly Uint8Array[] => {
    const text = (options.env ?? process.env)[variable];
    return text ? parseKeys(text, `The variable ${variable}`) : [];
  };
  return {
    kind: "environment",
    load: async () => held(),
    prepare: async () => ({ key: first(held(), variable) }),
    rotate: async () => ({ key: first(held(), variable) }),
  };
}

function first(keys: readonly Uint8Array[], variable: string): Uint8Array {
  const [key] = keys;
  if (key) return key;
  throw new SecretsError(
    "MISSING_KEY",
    `The variable ${variable} is not set. Set it to the store's key.`,
  );
}

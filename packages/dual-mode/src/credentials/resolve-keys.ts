import { createSecret, getGlobalSecretsManager, type Secret } from "@acc/secrets";
import type { ClientOptions } from "../contract/client.ts";
import type { Provider, RouteCredential } from "../contract/provider.ts";

export type KeyCredential = Extract<RouteCredential, { kind: "key" }>;

/** The keys that a client may use, in their order, or why it has none. */
export interface ResolvedKeys {
  readonly keys: readonly KeyCredential[];
  readonly missing: { readonly reason: string; readonly fix: string };
}

/** Options first; without any, the secrets store and the environment, in the store's order. */
export async function resolveKeys(
  provider: Pick<Provider, "credential">,
  options: ClientOptions,
): Promise<ResolvedKeys> {
  const { credential } = provider;
  if (credential === undefined) return { keys: [], missing: noKeyNeeded };
  const given = options.apiKeys ?? (options.apiKey === undefined ? [] : [options.apiKey]);
  if (given.length > 0) {
    const secrets = given.map((value) => createSecret(credential.name, value, "explicit"));
    return { keys: secrets.map(keyCredential), missing: noKeyNeeded };
  }
  const missing = {
    reason: `No key was found: neither ${credential.name} in the secrets store nor ${credential.env.join(" or ")}.`,
    fix: `Set ${credential.env[0]}, or run: acc secrets set ${credential.name}`,
  };
  try {
    const secret = await findSecret(credential, options.secrets);
    return { keys: secret === undefined ? [] : [keyCredential(secret)], missing };
  } catch (error) {
    const reason = `The secrets store cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { keys: [], missing: { reason, fix: "Mend the store, or give the key as an option." } };
  }
}

const noKeyNeeded = { reason: "This provider needs no key.", fix: "Use a mode without one." };

async function findSecret(
  { name, env }: NonNullable<Provider["credential"]>,
  secrets: ClientOptions["secrets"],
): Promise<Secret | undefined> {
  if (secrets !== false) {
    const manager = secrets ?? (await getGlobalSecretsManager());
    return manager.get(name, { env });
  }
  for (const variable of env) {
    const value = process.env[variable];
    if (value) return createSecret(name, value, `env:${variable}`);
  }
  return undefined;
}

function keyCredential(secret: Secret): KeyCredential {
  const source = secret.source === "explicit" ? "option" : secret.source;
  return { kind: "key", source, secret };
}

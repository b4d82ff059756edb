import type { Secret } from "@acc/secrets";
import type { ClientOptions } from "../contract/client.ts";
import type { RouteCredential } from "../contract/mode-context.ts";
import type { Provider } from "../contract/provider.ts";
import { keyFault } from "./key-fault.ts";

export type KeyCredential = Extract<RouteCredential, { kind: "key" }>;

/** A key that cannot be used, and the reason; never the key itself. */
export interface RefusedKey {
  readonly credential: string;
  readonly reason: string;
  readonly fix: string;
}

/** The keys that a client may use, or the reason why it has none. */
export interface FoundKeys {
  readonly keys: readonly KeyCredential[];
  /** Keys that were found, but that no header can carry. */
  readonly refused: readonly RefusedKey[];
  readonly missing: { readonly reason: string; readonly fix: string };
}

/**
 * Finds the keys: those of the options or, if there are none, those of the secrets store and the
 * environment, in the store's order. White space around a key, such as a file's last line break, is
 * removed. `fresh` first reads what another process has changed in the store.
 */
export async function findKeys(
  { credential }: Pick<Provider, "credential">,
  options: ClientOptions,
  fresh = false,
): Promise<FoundKeys> {
  if (credential === undefined) return { keys: [], refused: [], missing: noKeyNeeded };
  const { name, env } = credential;
  const missing = {
    reason: `No key was found: neither ${name} in the secrets store nor ${env.join(" or ")}.`,
    fix: `Set ${env[0]}, or run: acc secrets set ${name}`,
  };
  const given = options.apiKeys ?? (options.apiKey === undefined ? [] : [options.apiKey]);
  if (given.length > 0) return { ...(await sorted(await asSecrets(name, given))), missing };
  try {
    return { ...(await sorted(await look(credential, options.secrets, fresh))), missing };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const own = error instanceof Error ? (error as { fix?: unknown }).fix : undefined;
    const fix = typeof own === "string" ? own : "Fix the store, or give the key as an option.";
    return {
      keys: [],
      refused: [],
      missing: { reason: `The secrets store cannot be read: ${said}`, fix },
    };
  }
}

const noKeyNeeded = { reason: "This provider needs no key.", fix: "Use a mode without one." };

/** Loaded here, because an answer from the cache needs no key. */
const load = () => import("@acc/secrets");

async function asSecrets(name: string, values: readonly string[]): Promise<readonly Secret[]> {
  const { createSecret } = await load();
  return values.map((value) => createSecret(name, value, "explicit"));
}

async function look(
  { name, env }: NonNullable<Provider["credential"]>,
  secrets: ClientOptions["secrets"],
  fresh: boolean,
): Promise<readonly Secret[]> {
  const { createSecret, getGlobalSecretsManager } = await load();
  if (secrets !== false) {
    const manager = await (typeof secrets === "function"
      ? secrets()
      : (secrets ?? getGlobalSecretsManager()));
    if (fresh) await manager.refresh();
    return manager.getAll(name, { env });
  }
  const variable = env.find((each) => process.env[each]?.trim());
  const value = variable && process.env[variable];
  return value ? [createSecret(name, value, `env:${variable}`)] : [];
}

/** Several keys of one source are distinguished by their position: `option[0]`, `option[1]`. */
async function sorted(found: readonly Secret[]): Promise<Pick<FoundKeys, "keys" | "refused">> {
  const { createSecret } = await load();
  const keys: KeyCredential[] = [];
  const refused: RefusedKey[] = [];
  for (const [index, secret] of found.entries()) {
    const { name, source: from } = secret;
    const origin = from === "explicit" ? "option" : from;
    const source = found.length > 1 ? `${origin}[${index}]` : origin;
    const value = secret.reveal();
    const key = value.trim();
    const fault = keyFault(key);
    if (fault !== undefined) refused.push(refusal(source, name, fault));
    else if (key === value) keys.push({ kind: "key", source, secret });
    else keys.push({ kind: "key", source, secret: createSecret(name, key, from) });
  }
  return { keys, refused };
}

function refusal(credential: string, name: string, fault: string): RefusedKey {
  const reason = `The key ${name} from ${credential} ${fault}.`;
  return {
    credential,
    reason,
    fix: "Copy the complete key again, in one line and without quotes.",
  };
}

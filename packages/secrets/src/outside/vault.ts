import { SecretsError } from "../errors.ts";
import { aliasesOf, fold, isName } from "../names.ts";
import { Queue } from "../queue.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import { CachedReads } from "./cached-reads.ts";
import { heldNames } from "./held-names.ts";
import { KvEngine } from "./kv/kv-engine.ts";
import { checkPath, type KvPlace } from "./kv/kv-place.ts";
import { VaultClient, type VaultOptions } from "./kv/vault-client.ts";
import { NameMap } from "./name-map.ts";
import { type ReadOptions, readPolicy } from "./read-options.ts";

export type { Fetch } from "./ask-json.ts";
export type { KvPlace } from "./kv/kv-place.ts";
export { type TransitKeyOptions, transitKey } from "./kv/transit-key.ts";
export type { Given, VaultAuth } from "./kv/vault-auth.ts";
export type { VaultOptions } from "./kv/vault-client.ts";
export type { ReadOptions } from "./read-options.ts";

/** Options of a store in Vault. */
export interface VaultStoreOptions extends VaultOptions, ReadOptions {
  /** The mount of a KV engine, version 2. @default "secret" */
  readonly mount?: string;
  /** The folder in the mount with one secret for each name. @default "acc" */
  readonly path?: string;
  /** The field of each secret that holds the value. @default "value" */
  readonly field?: string;
  /** Secrets elsewhere in the mount, by the name used here. */
  readonly names?: Readonly<Record<string, KvPlace>>;
}

/**
 * Creates a store of the secrets in HashiCorp Vault or OpenBao (KV, version 2). Each is read when it
 * is needed and cached in memory; no request is sent before the first read.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createVaultStore(options: VaultStoreOptions): SecretStore {
  const { mount = "secret", path = "acc", field = "value" } = options;
  checkPath("mount", mount);
  checkPath("path", path);
  const mapped = new NameMap(options.names ?? {});
  for (const place of Object.values(options.names ?? {})) checkPath("names", place.path);
  const { timeout } = readPolicy(options);
  const client = new VaultClient({ ...options, timeout });
  const engine = new KvEngine(client, mount);
  const own = (name: string): KvPlace => ({ path: `${path}/${name}`, field });
  const reads = new CachedReads("vault", options, async (name) => {
    const target = mapped.find(name);
    if (target !== undefined) return engine.read(target);
    for (const alias of aliasesOf(name)) {
      const found = await engine.read(own(alias));
      if (found !== undefined) return found;
    }
    return undefined;
  });
  const get = (name: string) => reads.get(name);
  const queue = new Queue();
  return {
    kind: "vault",
    get,
    list: async () => {
      const there = (await engine.list(path)).filter((name) => isName(name) && name === fold(name));
      const names = there.filter((name) => mapped.find(name) === undefined);
      return heldNames([...mapped.names, ...names], get);
    },
    set: (name, value) =>
      queue.run(() =>
        reads.write(name, async () => {
          const version = await engine.write(placeFor(mapped, name) ?? own(fold(name)), value);
          return { value, ...(version !== undefined && { version }) };
        }),
      ),
    delete: (name) =>
      queue.run(async () => {
        const target = placeFor(mapped, name);
        const places = target === undefined ? aliasesOf(name).map(own) : [target];
        let removed = false;
        await reads.write(name, async () => {
          for (const place of places) {
            if ((await engine.write(place, undefined)) !== undefined) removed = true;
          }
          return undefined;
        });
        return removed;
      }),
    refresh: async () => reads.refresh(),
    check: () => client.check(),
    close: async () => {
      reads.close();
      client.close();
    },
  };
}

/** Returns the place to which a mapped name is written. */
function placeFor(mapped: NameMap<KvPlace>, name: string): KvPlace | undefined {
  const place = mapped.find(name);
  if (place?.version === undefined) return place;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `${name} is one version in Vault, by the option \`names\`, and is only read here.`,
  );
}

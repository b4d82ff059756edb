import { SecretsError } from "../errors.ts";
import { aliasesOf, fold } from "../names.ts";
import { Queue } from "../queue.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import type { Fetch } from "./ask-json.ts";
import { CachedReads } from "./cached-reads.ts";
import { type AccessToken, GcpClient } from "./gcp/gcp-client.ts";
import { type GcpPlace, GcpSecrets } from "./gcp/gcp-secrets.ts";
import { heldNames } from "./held-names.ts";
import { NameMap } from "./name-map.ts";
import { placesOf } from "./places-of.ts";
import { type ReadOptions, readPolicy } from "./read-options.ts";

export type { Fetch } from "./ask-json.ts";
export { type CommandTokenOptions, commandToken } from "./gcp/command-token.ts";
export type { AccessToken } from "./gcp/gcp-client.ts";
export type { GcpPlace } from "./gcp/gcp-secrets.ts";
export { type MetadataTokenOptions, metadataToken } from "./gcp/metadata-token.ts";
export type { ReadOptions } from "./read-options.ts";

/** Options of a store in Google Secret Manager. */
export interface GcpStoreOptions extends ReadOptions {
  /** The id or number of the project. */
  readonly project: string;
  /** Returns an OAuth access token, such as `getAccessToken` of `google-auth-library`. */
  readonly token: AccessToken;
  /**
   * The prefix of the secrets' ids in Google's store, before the name used here. @default "acc-"
   */
  readonly prefix?: string;
  /** Secrets with other ids, by the name used here. */
  readonly names?: Readonly<Record<string, GcpPlace | string>>;
  /** @default "https://secretmanager.googleapis.com" */
  readonly address?: string;
  /** The function that makes HTTP requests. @default the `fetch` of Node.js */
  readonly fetch?: Fetch;
}

const usualAddress = "https://secretmanager.googleapis.com";

/** Returns true for a valid secret id, by Google's API reference. */
const isId = (id: string): boolean => /^[A-Za-z0-9_-]{1,255}$/.test(id);

/**
 * Creates a store of the secrets in Google Secret Manager. Each is read when it is needed and cached
 * in memory.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createGcpStore(options: GcpStoreOptions): SecretStore {
  const { project, prefix = "acc-", address = usualAddress } = options;
  checkOptions(options, prefix, address);
  const mapped = new NameMap(placesOf<GcpPlace>(options.names));
  const { timeout } = readPolicy(options);
  const base = new URL(address.endsWith("/") ? address : `${address}/`);
  const { token, fetch = globalThis.fetch } = options;
  const secrets = new GcpSecrets(new GcpClient({ base, token, fetch, timeout }), project);
  const own = (name: string) =>
    aliasesOf(name)
      .map((alias) => prefix + alias)
      .filter(isId);
  const reads = new CachedReads("gcp", options, async (name) => {
    const target = mapped.find(name);
    for (const place of target ? [target] : own(name).map((id) => ({ id }))) {
      const found = await secrets.read(place);
      if (found !== undefined) return found;
    }
    return undefined;
  });
  const get = (name: string) => reads.get(name);
  const queue = new Queue();
  return {
    kind: "gcp",
    get,
    list: async () => {
      const ids = (await secrets.list()).filter((id) => id.startsWith(prefix));
      const names = ids.map((id) => id.slice(prefix.length));
      const ours = names.filter((name) => name !== "" && name === fold(name) && !mapped.find(name));
      return heldNames([...mapped.names, ...ours], get);
    },
    set: (name, value) =>
      queue.run(() => reads.write(name, () => secrets.write(idFor(mapped, name, prefix), value))),
    delete: (name) =>
      queue.run(async () => {
        const ids = mapped.find(name) ? [idFor(mapped, name, prefix)] : own(name);
        let removed = false;
        await reads.write(name, async () => {
          for (const id of ids) removed = (await secrets.remove(id)) || removed;
          return undefined;
        });
        return removed;
      }),
    refresh: async () => reads.refresh(),
    check: async () => void (await secrets.read({ id: `${prefix}acc_check` })),
    close: async () => reads.close(),
  };
}

/** Returns the id of the secret to which a name is written. */
function idFor(mapped: NameMap<GcpPlace>, name: string, prefix: string): string {
  const place = mapped.find(name);
  const id = place?.id ?? prefix + fold(name);
  if (place?.version !== undefined) {
    throw new SecretsError(
      "UNSUPPORTED_BY_FORMAT",
      `${name} is one version in Google's store, by the option \`names\`, and is only read here.`,
    );
  }
  if (isId(id)) return id;
  throw new SecretsError(
    "NAME_INVALID",
    `Google takes letters, digits, _ and - in a name, and not ${name}. Map it by \`names\`.`,
  );
}

function checkOptions(options: GcpStoreOptions, prefix: string, address: string): void {
  const isProject = /^[a-z0-9][a-z0-9.:-]*$/.test(options.project ?? "");
  if (!isProject) throw invalid("`project` is the id or number of a project.");
  if (typeof options.token !== "function") {
    throw invalid("`token` is a function that gives an access token.");
  }
  if (!isId(prefix)) throw invalid("`prefix` may have only letters, digits, _ and -.");
  if (!/^https?:/.test(address) || !URL.canParse(address)) throw invalid("`address` is not a URL.");
  for (const place of Object.values(placesOf<GcpPlace>(options.names))) {
    if (!isId(place.id)) throw invalid("`names` has an id that no secret of Google's can have.");
  }
}

function invalid(what: string): SecretsError {
  return new SecretsError("INVALID_OPTION", what);
}

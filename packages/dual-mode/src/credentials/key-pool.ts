import type { ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { sha256 } from "../sha256.ts";
import { type FoundKeys, findKeys, type KeyCredential } from "./find-keys.ts";

const nothing: FoundKeys = { keys: [], refused: [], missing: { reason: "", fix: "" } };
const stores = new WeakMap<object, number>();
let storeCount = 0;

/** The keys of one client: each call begins with the next one, or with its user's own. */
export class KeyPool {
  readonly #provider: Pick<Provider, "credential">;
  readonly #options: ClientOptions;
  /** Tells pools apart whose keys may differ, without showing any. */
  readonly identity: string;
  /** Keys that came as options stay the same. */
  #given: FoundKeys | undefined;
  #turn = 0;

  constructor(provider: Pick<Provider, "credential">, options: ClientOptions) {
    this.#provider = provider;
    this.#options = options;
    this.identity = identityOf(options);
  }

  /** The keys for one call; the same `user` always begins with the same key of a pool. */
  open(user: string | undefined): CallKeys {
    const first = user === undefined ? this.#turn++ : placeOf(user);
    return new CallKeys(this.identity, first, (fresh) => this.#find(fresh));
  }

  /** @throws {@link DualModeError} `INVALID_REQUEST` for a key among the options that cannot be sent */
  async #find(fresh: boolean): Promise<FoundKeys> {
    if (this.#given !== undefined) return this.#given;
    const found = await findKeys(this.#provider, this.#options, fresh);
    if ((this.#options.apiKey ?? this.#options.apiKeys) === undefined) return found;
    const [refused] = found.refused;
    if (refused !== undefined) {
      throw new DualModeError("INVALID_REQUEST", refused.reason, { fix: refused.fix });
    }
    this.#given = found;
    return found;
  }
}

/** The keys that one call may use; they are looked for when its first plan is made. */
export class CallKeys {
  /** The same for calls that would find the same keys. */
  readonly identity: string;
  readonly #first: number;
  readonly #find: (fresh: boolean) => Promise<FoundKeys>;
  #found: FoundKeys = nothing;
  #asked: "never" | "once" | "again" = "never";

  constructor(identity: string, first: number, find: (fresh: boolean) => Promise<FoundKeys>) {
    this.identity = identity;
    this.#first = first;
    this.#find = find;
  }

  get list(): readonly KeyCredential[] {
    return this.#found.keys;
  }

  get refused(): FoundKeys["refused"] {
    return this.#found.refused;
  }

  get missing(): FoundKeys["missing"] {
    return this.#found.missing;
  }

  async load(): Promise<void> {
    if (this.#asked !== "never") return;
    this.#asked = "once";
    const { keys, ...rest } = await this.#find(false);
    const start = keys.length === 0 ? 0 : this.#first % keys.length;
    this.#found = { ...rest, keys: [...keys.slice(start), ...keys.slice(0, start)] };
  }

  /** Asks the store once more, after a key was refused: it may have been rotated meanwhile. */
  async askAgain(): Promise<void> {
    if (this.#asked === "again") return;
    this.#asked = "again";
    const known = new Set(this.list.map(({ secret }) => secret.reveal()));
    const { keys } = await this.#find(true);
    const added = keys.filter(({ secret }) => !known.has(secret.reveal()));
    this.#found = { ...this.#found, keys: [...added, ...this.list] };
  }
}

function identityOf({ apiKey, apiKeys, secrets, keyName }: ClientOptions): string {
  const given = apiKeys ?? (apiKey === undefined ? undefined : [apiKey]);
  if (given !== undefined) {
    return sha256(JSON.stringify(given)).toString("base64url");
  }
  const isStore = typeof secrets === "object" || typeof secrets === "function";
  const store = isStore ? `store ${numberOf(secrets)}` : String(secrets);
  return keyName === undefined ? store : `${store} ${keyName}`;
}

function numberOf(store: object): number {
  const known = stores.get(store) ?? ++storeCount;
  stores.set(store, known);
  return known;
}

function placeOf(user: string): number {
  return sha256(user).readUInt32BE();
}

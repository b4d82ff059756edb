import type { ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import type { SharedState } from "../contract/shared-state.ts";
import { DualModeError } from "../error.ts";
import { sha256 } from "../sha256.ts";
import { type FoundKeys, findKeys, type KeyCredential } from "./find-keys.ts";
import { credentialIdentity } from "./route-identity.ts";

const nothing: FoundKeys = { keys: [], refused: [], missing: { reason: "", fix: "" } };
const stores = new WeakMap<object, number>();
let storeCount = 0;

/** The keys of one client: each call begins with the next key, or with its user's own. */
export class KeyPool {
  readonly #provider: Pick<Provider, "credential">;
  readonly #options: ClientOptions;
  /** Distinguishes pools whose keys may differ, without revealing any. */
  readonly identity: string;
  /** Keys that came as options, which stay the same. */
  #given: FoundKeys | undefined;
  #turn = 0;
  #begun: Promise<number> | undefined;

  constructor(provider: Pick<Provider, "credential">, options: ClientOptions) {
    this.#provider = provider;
    this.#options = options;
    this.identity = identityOf(options);
  }

  /** Returns the keys for one call; the same `user` always begins with the same key of a pool. */
  open(user: string | undefined): CallKeys {
    const first = user === undefined ? this.#turn++ : placeOf(user);
    const { state } = this.#options;
    const begin = state && user === undefined ? this.#begin.bind(this, state) : undefined;
    return new CallKeys(this.identity, first, (fresh) => this.#given ?? this.#find(fresh), begin);
  }

  /**
   * Returns the position at which this process starts; other processes with the same keys start at
   * other positions.
   */
  #begin(state: SharedState, keys: readonly KeyCredential[]): Promise<number> {
    this.#begun ??= state.turn(keys.map(credentialIdentity).sort().join(" "));
    return this.#begun;
  }

  /**
   * Finds the keys.
   *
   * @throws {@link DualModeError} `INVALID_REQUEST` for a key among the options that cannot be sent
   */
  async #find(fresh: boolean): Promise<FoundKeys> {
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

/** The keys that one call may use; they are looked up when its first plan is made. */
export class CallKeys {
  /** The same for calls that would find the same keys. */
  readonly identity: string;
  readonly #first: number;
  readonly #find: (fresh: boolean) => FoundKeys | Promise<FoundKeys>;
  readonly #begin: ((keys: readonly KeyCredential[]) => Promise<number>) | undefined;
  #found: FoundKeys = nothing;
  #asked: "never" | "once" | "again" = "never";

  constructor(
    identity: string,
    first: number,
    find: (fresh: boolean) => FoundKeys | Promise<FoundKeys>,
    begin?: (keys: readonly KeyCredential[]) => Promise<number>,
  ) {
    this.identity = identity;
    this.#first = first;
    this.#find = find;
    this.#begin = begin;
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

  /** Looks up the keys; returns a promise only if they are not available at once. */
  load(): Promise<void> | undefined {
    if (this.#asked !== "never") return undefined;
    this.#asked = "once";
    const found = this.#find(false);
    if (found instanceof Promise || found.keys.length > 1) return this.#take(found);
    this.#found = found;
    return undefined;
  }

  async #take(finding: FoundKeys | Promise<FoundKeys>): Promise<void> {
    const found = await finding;
    const { keys } = found;
    const begin = keys.length > 1 ? await this.#begin?.(keys) : undefined;
    const start = keys.length === 0 ? 0 : (this.#first + (begin ?? 0)) % keys.length;
    this.#found =
      start === 0 ? found : { ...found, keys: [...keys.slice(start), ...keys.slice(0, start)] };
  }

  /** Reads the store once more after a key was refused: the key may have been rotated meanwhile. */
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

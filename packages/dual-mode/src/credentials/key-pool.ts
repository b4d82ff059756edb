import { createHash } from "node:crypto";
import type { ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import { type FoundKeys, findKeys, type KeyCredential } from "./find-keys.ts";

/** The keys of one client: each call begins with the next one, or with its user's own. */
export class KeyPool {
  readonly #provider: Pick<Provider, "credential">;
  readonly #options: ClientOptions;
  /** Keys that came as options stay the same. */
  #given: FoundKeys | undefined;
  #turn = 0;

  constructor(provider: Pick<Provider, "credential">, options: ClientOptions) {
    this.#provider = provider;
    this.#options = options;
  }

  /** The keys for one call; the same `user` always begins with the same key of a pool. */
  async open(user: string | undefined): Promise<CallKeys> {
    const find = (fresh: boolean) => findKeys(this.#provider, this.#options, fresh);
    const found = this.#given ?? (await find(false));
    if (this.#options.apiKey ?? this.#options.apiKeys) this.#given = found;
    const first = user === undefined ? this.#turn : placeOf(user);
    this.#turn += 1;
    return new CallKeys(found, first, () => find(true));
  }
}

/** The keys that one call may use. */
export class CallKeys {
  readonly missing: FoundKeys["missing"];
  readonly #find: () => Promise<FoundKeys>;
  #keys: readonly KeyCredential[];
  #asked = false;

  constructor({ keys, missing }: FoundKeys, first: number, find: () => Promise<FoundKeys>) {
    const start = keys.length === 0 ? 0 : first % keys.length;
    this.#keys = [...keys.slice(start), ...keys.slice(0, start)];
    this.missing = missing;
    this.#find = find;
  }

  get list(): readonly KeyCredential[] {
    return this.#keys;
  }

  /** Asks the store once more, after a key was refused: it may have been rotated meanwhile. */
  async askAgain(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    const known = new Set(this.#keys.map(({ secret }) => secret.reveal()));
    const { keys } = await this.#find();
    const added = keys.filter(({ secret }) => !known.has(secret.reveal()));
    this.#keys = [...added, ...this.#keys];
  }
}

function placeOf(user: string): number {
  return createHash("sha256").update(user).digest().readUInt32BE();
}

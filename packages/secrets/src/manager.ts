import { type Environment, readVariable, variablesFor } from "./environment.ts";
import { SecretsError } from "./errors.ts";
import { shortestRedacted } from "./live-values.ts";
import { canonicalName } from "./names.ts";
import type { SecretsOptions } from "./options.ts";
import { Secret } from "./secret.ts";
import type { SecretStore, SetOptions, StoredValue } from "./stores/secret-store.ts";
import { checkValue } from "./values.ts";
import { emitWarning } from "./warning.ts";

/** How one value is looked for. */
export interface GetOptions {
  /** A value that the caller has; it wins over every other source. */
  readonly explicit?: string | Secret;
  /** More variables for this name, asked before the usual ones. */
  readonly env?: readonly string[];
  /** Given when no source has the name. */
  readonly default?: string;
}

/** The way to the secrets of one store and the environment. */
export class SecretsManager implements AsyncDisposable {
  readonly #store: SecretStore;
  readonly #options: SecretsOptions;
  readonly #secrets = new WeakMap<StoredValue, Secret>();
  readonly #compared = new Set<string>();
  #closed = false;

  constructor(store: SecretStore, options: SecretsOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * The secret, from the first source that has it: explicit, store, environment, default.
   *
   * @throws SecretsError for a bad name or an unreadable store
   */
  async get(name: string, options: GetOptions = {}): Promise<Secret | undefined> {
    this.#checkOpen();
    const canonical = canonicalName(name);
    if (options.explicit !== undefined) return this.#explicit(name, options.explicit);
    const found =
      this.#options.precedence === "env-first"
        ? (this.#fromEnvironment(name, options) ?? (await this.#fromStore(name)))
        : await this.#fromStore(name);
    if (found) {
      if (!this.#compared.has(canonical))
        await this.#warnIfShadowed(name, canonical, found, options);
      return found;
    }
    const last = this.#fromEnvironment(name, options);
    if (last || options.default === undefined) return last;
    return new Secret(name, options.default, "default");
  }

  /** Every value of the name that is valid now, for a pool of keys: the current one first. */
  async getAll(name: string, options: GetOptions = {}): Promise<readonly Secret[]> {
    const first = await this.get(name, options);
    return first ? [first] : [];
  }

  /**
   * Keeps a value; it is on disk when this resolves. Returns its version.
   *
   * @throws SecretsError for a bad name or value, and when it could not be kept
   */
  async set(name: string, value: string, options: SetOptions = {}): Promise<Secret> {
    this.#checkOpen();
    canonicalName(name);
    checkValue(name, value, options.multiline ?? false);
    if (!this.#store.set) throw this.#unsupported("set");
    if (value.length < shortestRedacted) {
      this.#warn(
        "SHORT_VALUE",
        `The value of ${name} has fewer than ${shortestRedacted} characters: it is not redacted.`,
        name,
      );
    }
    const stored = await this.#store.set(name, value, options);
    return new Secret(name, value, "store", stored.version);
  }

  /** True when the name was there. */
  async delete(name: string): Promise<boolean> {
    this.#checkOpen();
    canonicalName(name);
    if (!this.#store.delete) throw this.#unsupported("delete");
    return this.#store.delete(name);
  }

  /** The names in the store, sorted. */
  async list(): Promise<readonly string[]> {
    this.#checkOpen();
    return [...(await this.#store.list())].sort();
  }

  /** Deletes every name; returns how many there were. */
  async clear(): Promise<number> {
    let count = 0;
    for (const name of await this.list()) if (await this.delete(name)) count += 1;
    return count;
  }

  /** Looks at once for what another process changed. */
  async refresh(): Promise<void> {
    this.#checkOpen();
    await this.#store.refresh?.();
  }

  /** Forgets what was read. Calls after it are refused; a second `close` does nothing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#store.close?.();
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #env(): Environment {
    return this.#options.env ?? process.env;
  }

  #explicit(name: string, value: string | Secret): Secret {
    const text = Secret.is(value) ? value.reveal() : value;
    checkValue(name, text, true);
    return new Secret(name, text, "explicit");
  }

  async #fromStore(name: string): Promise<Secret | undefined> {
    const found = this.#store.get(name);
    const stored = found instanceof Promise ? await found : found;
    if (!stored) return undefined;
    const kept = this.#secrets.get(stored);
    if (kept) return kept;
    const secret = new Secret(name, stored.value, "store", stored.version);
    this.#secrets.set(stored, secret);
    return secret;
  }

  #fromEnvironment(name: string, options: GetOptions): Secret | undefined {
    const variables = variablesFor(name, options.env ?? [], this.#options.mapping ?? {});
    const found = readVariable(variables, this.#env);
    return found && new Secret(name, found.value, `env:${found.variable}`);
  }

  /** Two sources that disagree are warned of once for a name. */
  async #warnIfShadowed(
    name: string,
    canonical: string,
    found: Secret,
    options: GetOptions,
  ): Promise<void> {
    this.#compared.add(canonical);
    const other =
      found.source === "store" ? this.#fromEnvironment(name, options) : await this.#fromStore(name);
    if (!other || other.reveal() === found.reveal()) return;
    this.#warn(
      "SHADOWED",
      `${name} is taken from ${found.source}; another value of it, from ${other.source}, is not used.`,
      name,
    );
  }

  #warn(code: "SHADOWED" | "SHORT_VALUE", message: string, name: string): void {
    (this.#options.onWarning ?? emitWarning)({ code, message, name });
  }

  #unsupported(verb: string): SecretsError {
    return new SecretsError(
      "UNSUPPORTED_BY_FORMAT",
      `The ${this.#store.kind} store has no ${verb}. Use a store of this package's own format.`,
    );
  }

  #checkOpen(): void {
    if (this.#closed)
      throw new SecretsError("CLOSED", "These secrets were closed. Open them anew.");
  }
}

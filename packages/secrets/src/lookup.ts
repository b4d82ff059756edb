import { readVariable, variablesFor } from "./environment.ts";
import { canonicalName } from "./names.ts";
import type { SecretsOptions } from "./options.ts";
import { Secret } from "./secret.ts";
import type { SecretStore, StoredValue } from "./stores/secret-store.ts";
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

/** Finds a value in its sources, in their order. */
export class Lookup {
  readonly #store: SecretStore;
  readonly #options: SecretsOptions;
  readonly #secrets = new WeakMap<StoredValue, Secret>();
  readonly #compared = new Set<string>();

  constructor(store: SecretStore, options: SecretsOptions) {
    this.#store = store;
    this.#options = options;
  }

  async find(name: string, options: GetOptions): Promise<Secret | undefined> {
    const canonical = canonicalName(name);
    if (options.explicit !== undefined) return explicitly(name, options.explicit);
    const found =
      this.#options.precedence === "env-first"
        ? (this.#fromEnvironment(name, options) ?? (await this.#fromStore(name)))
        : await this.#fromStore(name);
    if (found) {
      if (!this.#compared.has(canonical)) await this.#compare(name, canonical, found, options);
      return found;
    }
    const last = this.#fromEnvironment(name, options);
    if (last || options.default === undefined) return last;
    return new Secret(name, options.default, "default");
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
    const { env = process.env, mapping = {} } = this.#options;
    const found = readVariable(variablesFor(name, options.env ?? [], mapping), env);
    return found && new Secret(name, found.value, `env:${found.variable}`);
  }

  /** Two sources that disagree are warned of once for a name. */
  async #compare(
    name: string,
    canonical: string,
    found: Secret,
    options: GetOptions,
  ): Promise<void> {
    this.#compared.add(canonical);
    const other =
      found.source === "store" ? this.#fromEnvironment(name, options) : await this.#fromStore(name);
    if (!other || other.reveal() === found.reveal()) return;
    const message =
      `${name} is taken from ${found.source}; ` +
      `another value of it, from ${other.source}, is not used.`;
    (this.#options.onWarning ?? emitWarning)({ code: "SHADOWED", message, name });
  }
}

function explicitly(name: string, value: string | Secret): Secret {
  const text = Secret.is(value) ? value.reveal() : value;
  checkValue(name, text, true);
  return new Secret(name, text, "explicit");
}

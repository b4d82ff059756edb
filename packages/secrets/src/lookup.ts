import { namesOfVariables, readVariable, variablesFor } from "./environment.ts";
import { canonicalName } from "./names.ts";
import type { SecretsOptions } from "./options.ts";
import { Secret } from "./secret.ts";
import type { SecretStore } from "./stores/secret-store.ts";
import type { StoredValue } from "./stores/stored-value.ts";
import { checkValue } from "./values.ts";
import { emitWarning } from "./warning.ts";

/** Options of `get`. */
export interface GetOptions {
  /** A value that the caller already has; it wins over every other source. */
  readonly explicit?: string | Secret;
  /**
   * More variables for this name, read before the usual ones. The store is also searched for their
   * names: `["ACME_TOKEN"]` finds an `acme_token`. A role can only use those whose names it may
   * read.
   */
  readonly env?: readonly string[];
  /** The value to return if no source has the name. */
  readonly default?: string;
}

/** The most validated names that are remembered. */
const mostChecked = 20_000;

/**
 * Finds a value in the sources, in order. The result is not a promise if the store answers
 * synchronously.
 */
export class Lookup {
  readonly #store: SecretStore;
  readonly #options: SecretsOptions;
  readonly #checked = new Map<string, string>();
  readonly #secrets = new WeakMap<StoredValue, Secret>();
  readonly #compared = new Set<string>();

  constructor(store: SecretStore, options: SecretsOptions) {
    this.#store = store;
    this.#options = options;
  }

  find(name: string, options: GetOptions): Secret | undefined | Promise<Secret | undefined> {
    const canonical = this.#canonicalOf(name);
    if (options.explicit !== undefined) return explicitly(name, options.explicit);
    const env =
      this.#options.precedence === "env-first" ? this.#fromEnvironment(name, options) : undefined;
    if (env && this.#compared.has(canonical)) return env;
    const stored = this.#stored(name, options.env);
    const choose = (found: StoredValue | undefined): Secret | undefined =>
      this.#choose(name, canonical, found && this.#secretOf(name, found), env, options);
    return stored instanceof Promise ? stored.then(choose) : choose(stored);
  }

  /** Looks the name up in the store, then the names of the variables. */
  #stored(
    name: string,
    variables: readonly string[] = [],
  ): StoredValue | undefined | Promise<StoredValue | undefined> {
    const found = this.#store.get(name);
    if (variables.length === 0) return found;
    if (found instanceof Promise) return found.then((value) => value ?? this.#other(variables));
    return found ?? this.#other(variables);
  }

  #other(variables: readonly string[]): StoredValue | undefined | Promise<StoredValue | undefined> {
    const [name, ...others] = namesOfVariables(variables);
    return name === undefined ? undefined : this.#stored(name, others);
  }

  #choose(
    name: string,
    canonical: string,
    stored: Secret | undefined,
    env: Secret | undefined,
    options: GetOptions,
  ): Secret | undefined {
    const first = env ?? stored;
    if (first && this.#compared.has(canonical)) return first;
    const other = env ? stored : this.#fromEnvironment(name, options);
    if (!first) return other ?? fallback(name, options.default);
    this.#compared.add(canonical);
    this.#warnIfShadowed(first, other);
    return first;
  }

  #secretOf(name: string, stored: StoredValue): Secret {
    const known = this.#secrets.get(stored);
    if (known) return known;
    const secret = new Secret(name, stored.value, "store", stored);
    this.#secrets.set(stored, secret);
    return secret;
  }

  #fromEnvironment(name: string, options: GetOptions): Secret | undefined {
    const { env = process.env, mapping = {} } = this.#options;
    const found = readVariable(variablesFor(name, options.env ?? [], mapping), env);
    return found && new Secret(name, found.value, `env:${found.variable}`);
  }

  /** Warns that two sources have different values; called once per name. */
  #warnIfShadowed(first: Secret, other: Secret | undefined): void {
    if (!other || other.reveal() === first.reveal()) return;
    const { name, source } = first;
    const message =
      `${name} is taken from ${source}; ` +
      `another value of it, from ${other.source}, is not used.`;
    (this.#options.onWarning ?? emitWarning)({ code: "SHADOWED", message, name });
  }

  #canonicalOf(name: string): string {
    const known = this.#checked.get(name);
    if (known !== undefined) return known;
    const canonical = canonicalName(name);
    if (this.#checked.size >= mostChecked) this.#checked.clear();
    this.#checked.set(name, canonical);
    return canonical;
  }
}

function fallback(name: string, value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(name, value, "default");
}

function explicitly(name: string, value: string | Secret): Secret {
  const text = Secret.is(value) ? value.reveal() : value;
  checkValue(name, text, true);
  return new Secret(name, text, "explicit");
}

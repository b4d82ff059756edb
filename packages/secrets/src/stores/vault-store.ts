import { addVersion, currentOf, retireCurrent } from "../entries.ts";
import { SecretsError } from "../errors.ts";
import { fold, foldToVariable } from "../names.ts";
import type { StoreBody, StoredEntry } from "../store-body.ts";
import type { Vault } from "../vault.ts";
import type { VaultView } from "../vault-view.ts";
import type { SecretStore, SetOptions } from "./secret-store.ts";
import type { StoredValue } from "./stored-value.ts";

/** The names and values of a vault. */
export class VaultStore implements SecretStore {
  readonly kind: string;
  readonly vault: Vault;
  readonly #now: () => number;
  readonly #actor: { readonly actor?: string };

  /** `actor` is who acts, for the audit, if it is not simply the user. */
  constructor(vault: Vault, now: () => number, actor?: string) {
    this.kind = vault.container.kind;
    this.vault = vault;
    this.#now = now;
    this.#actor = actor === undefined ? {} : { actor };
  }

  get(name: string): StoredValue | undefined | Promise<StoredValue | undefined> {
    const view = this.vault.view();
    return view instanceof Promise ? view.then((fresh) => find(fresh, name)) : find(view, name);
  }

  async list(): Promise<readonly string[]> {
    return (await this.vault.view()).names();
  }

  set(name: string, value: string, options: SetOptions): Promise<StoredValue> {
    return this.vault.update((body) => {
      const entry = entryFor(body, name);
      retireCurrent(entry, options.overlap ?? 0, this.#now());
      const { version } = addVersion(entry, value, "current", this.#now());
      if (options.rotateAfter !== undefined) entry.rotateAfter = options.rotateAfter;
      return {
        result: { value, version },
        events: [{ ...this.#actor, action: "set", name, version }],
      };
    });
  }

  async delete(name: string): Promise<boolean> {
    return (await this.deleteAll([name])) > 0;
  }

  async deleteAll(names: readonly string[]): Promise<number> {
    const view = await this.vault.refresh();
    if (!names.some((name) => view.find(name))) return 0;
    return this.vault.update((body, seal) => {
      seal.dropBackup = true;
      const found = [...new Set(names.flatMap((name) => spellingOf(body, name) ?? []))];
      const events = found.map((name) => {
        const version = currentOf(body.entries[name] as StoredEntry)?.version;
        delete body.entries[name];
        return { ...this.#actor, action: "delete", name, ...(version && { version }) };
      });
      return { result: events.length, events };
    });
  }

  async refresh(): Promise<void> {
    await this.vault.refresh();
  }

  async close(): Promise<void> {
    this.vault.close();
  }
}

function find(view: VaultView, name: string): StoredValue | undefined {
  return view.find(name)?.current;
}

/** Returns the spelling of a name in the body; undefined if the name is not there. */
export function spellingOf(body: StoreBody, name: string): string | undefined {
  if (Object.hasOwn(body.entries, name)) return name;
  const canonical = fold(name);
  return Object.keys(body.entries).find((other) => fold(other) === canonical);
}

/** Returns the entry to write to: the existing one, or a new one. */
function entryFor(body: StoreBody, name: string): StoredEntry {
  if (Object.hasOwn(body.entries, name)) return body.entries[name] as StoredEntry;
  const variable = foldToVariable(name);
  const found = Object.keys(body.entries).find((other) => foldToVariable(other) === variable);
  if (found === undefined) {
    const entry: StoredEntry = { versions: [] };
    body.entries[name] = entry;
    return entry;
  }
  const why = fold(found) === fold(name) ? "are one name" : `have one variable, ${variable}`;
  throw new SecretsError(
    "NAME_CONFLICT",
    `${name} and ${found} ${why}, kept as ${found}. Use that spelling, or delete it first.`,
  );
}

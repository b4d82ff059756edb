import { currentOf } from "./entries.ts";
import { releaseValue, retainValue } from "./live-values.ts";
import { fold } from "./names.ts";
import type { StoreBody, StoredEntry } from "./store-body.ts";
import type { StoredValue } from "./stores/stored-value.ts";

/** One name of a store, which each of its spellings finds. */
export interface Slot {
  readonly name: string;
  readonly entry: StoredEntry;
  readonly current: StoredValue | undefined;
}

/** A body in memory, with its names indexed and its values known to `redact`. */
export class VaultView {
  readonly body: StoreBody;
  readonly #slots = new Map<string, Slot>();
  readonly #values: string[] = [];

  constructor(body: StoreBody) {
    this.body = body;
    for (const [name, entry] of Object.entries(body.entries)) {
      const slot = { name, entry, current: storedValue(entry) };
      this.#slots.set(name, slot);
      const canonical = fold(name);
      if (canonical !== name && !Object.hasOwn(body.entries, canonical)) {
        this.#slots.set(canonical, slot);
      }
      for (const { value } of entry.versions) if (value !== undefined) this.#values.push(value);
    }
    for (const value of this.#values) retainValue(value);
  }

  /** Finds a name in exactly this spelling, or else in an equivalent one. */
  find(name: string): Slot | undefined {
    return this.#slots.get(name) ?? this.#slots.get(fold(name));
  }

  /** Returns the names as they were first written. */
  names(): string[] {
    return Object.keys(this.body.entries);
  }

  release(): void {
    for (const value of this.#values) releaseValue(value);
  }
}

function storedValue(entry: StoredEntry): StoredValue | undefined {
  const current = currentOf(entry);
  if (current?.value === undefined) return undefined;
  return { value: current.value, version: current.version };
}

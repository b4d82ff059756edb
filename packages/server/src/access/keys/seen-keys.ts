import type { KeyRecord } from "./key-store.ts";

/** Keys that are kept in memory at the same time. */
const most = 10_000;

/** Keys as they were last read, for a time in which they cannot be read. */
export class SeenKeys {
  readonly #knownFor: number;
  readonly #records = new Map<string, { readonly record: KeyRecord; readonly until: number }>();

  /** @param knownFor Milliseconds */
  constructor(knownFor: number) {
    this.#knownFor = knownFor;
  }

  /** Remembers what was read, and returns it. */
  read(handle: string, record: KeyRecord | undefined): KeyRecord | undefined {
    this.#records.delete(handle);
    if (!record || this.#knownFor === 0) return record;
    this.#records.set(handle, { record, until: performance.now() + this.#knownFor });
    if (this.#records.size > most) {
      for (const oldest of this.#records.keys()) {
        this.#records.delete(oldest);
        break;
      }
    }
    return record;
  }

  forget(handle: string): void {
    this.#records.delete(handle);
  }

  known(handle: string): KeyRecord | undefined {
    const found = this.#records.get(handle);
    return found && performance.now() < found.until ? found.record : undefined;
  }
}

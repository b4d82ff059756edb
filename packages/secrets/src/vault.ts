import { emptyBody, type StoreBody } from "./body.ts";
import type { Container, Loaded, Seal } from "./container.ts";
import { Queue } from "./queue.ts";
import { VaultView } from "./vault-view.ts";

/** Another process's change is looked for at most this often, in milliseconds. */
const freshFor = 100;

/** What happened, for the audit. What is not audited does not change. */
export interface VaultEvent {
  readonly action: string;
  readonly name?: string;
  readonly version?: number;
  readonly outcome?: string;
}

export interface Change<T> {
  readonly result: T;
  /** With none, nothing is written. */
  readonly events: readonly VaultEvent[];
}

/** A body in memory and in its container, kept in step with other processes. */
export class Vault {
  readonly container: Container;
  readonly #queue = new Queue();
  #view = new VaultView(emptyBody());
  #signature = "unread";
  #checkedAt = Number.NEGATIVE_INFINITY;
  #reload: Promise<VaultView> | undefined;

  constructor(container: Container) {
    this.container = container;
  }

  /** The body as it is now; synchronous when nothing has to be read. */
  view(): VaultView | Promise<VaultView> {
    if (performance.now() - this.#checkedAt < freshFor) return this.#view;
    if (this.container.signature() === this.#signature) {
      this.#checkedAt = performance.now();
      return this.#view;
    }
    return this.refresh();
  }

  /** Reads the body again if it may have changed. */
  refresh(): Promise<VaultView> {
    this.#reload ??= this.#queue
      .run(() => this.#read())
      .finally(() => {
        this.#reload = undefined;
      });
    return this.#reload;
  }

  /** Applies a change to what is there now, under the lock; with an error nothing is written. */
  update<T>(change: (body: StoreBody, seal: Seal) => Change<T> | Promise<Change<T>>): Promise<T> {
    return this.#queue.run(() =>
      this.container.exclusively(async () => {
        const now = (await this.container.read()) ?? (await this.container.create());
        const { result, events } = await change(now.body, now.seal);
        if (events.length > 0) await this.#write(now);
        return result;
      }),
    );
  }

  close(): void {
    this.#install(emptyBody(), "closed");
  }

  async #write(next: Loaded): Promise<void> {
    try {
      await this.container.write(next);
    } catch (error) {
      this.#signature = "unknown";
      throw error;
    }
    this.#install(next.body, this.container.signature());
  }

  async #read(): Promise<VaultView> {
    const signature = this.container.signature();
    if (signature !== this.#signature) {
      const loaded = await this.container.read();
      this.#install(loaded?.body ?? emptyBody(), signature);
    }
    this.#checkedAt = performance.now();
    return this.#view;
  }

  #install(body: StoreBody, signature: string): void {
    const old = this.#view;
    this.#view = new VaultView(body);
    old.release();
    this.#signature = signature;
    this.#checkedAt = performance.now();
  }
}

import type { AuditEvent, AuditLog } from "./audit/audit-log.ts";
import { type Container, KeyWanted, type Loaded, type Seal } from "./container.ts";
import { newAuditEpoch } from "./entries.ts";
import { SecretsError } from "./errors.ts";
import { Queue } from "./queue.ts";
import { type AuditState, emptyBody, type StoreBody } from "./store-body.ts";
import { VaultView } from "./vault-view.ts";

/**
 * How long the body in memory is used without checking for changes by other processes, in
 * milliseconds.
 */
const freshFor = 100;

/** How long an audit line that is not required waits for the lock, in milliseconds. */
const patience = 1_000;

/** Errors for which no process can take the lock. */
const unwritable: ReadonlySet<string> = new Set(["FOLDER_NOT_WRITABLE", "DISK_FULL"]);

export interface Change<T> {
  readonly result: T;
  /** The events for the audit. If there are none, nothing is written. */
  readonly events: readonly AuditEvent[];
}

/** A body in memory and in its container, kept in sync with other processes. */
export class Vault {
  readonly container: Container;
  /** Absent if no audit is kept. */
  readonly audit: AuditLog | undefined;
  readonly #queue = new Queue();
  #view = new VaultView(emptyBody());
  #signature = "unread";
  #checkedAt = Number.NEGATIVE_INFINITY;
  #reload: Promise<VaultView> | undefined;
  /** How long to wait for the lock: 0 after a wait has timed out, until the lock is taken again. */
  #patience = patience;

  constructor(container: Container, audit?: AuditLog) {
    this.container = container;
    this.audit = audit;
  }

  /** Returns the current body; synchronously if nothing has to be read. */
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

  /**
   * Applies a change to the current body under the lock. If the change throws, nothing is written.
   */
  update<T>(change: (body: StoreBody, seal: Seal) => Change<T> | Promise<Change<T>>): Promise<T> {
    return this.#locked(async () => {
      const now = (await this.container.read()) ?? (await this.container.create());
      const { result, events } = await change(now.body, now.seal);
      if (events.length > 0) await this.#write(now, events);
      return result;
    });
  }

  /** Reads the stored body with its header. */
  load(): Promise<Loaded | undefined> {
    return this.#queue.run(() => this.container.read());
  }

  /** Returns the stored header, or the one that the first write would create. */
  async sealNow(): Promise<Seal> {
    return ((await this.load()) ?? (await this.container.create())).seal;
  }

  /**
   * Records events that change nothing: a read, a refusal. If the audit is not required, a held
   * lock or a read-only folder does not make this fail.
   */
  record(events: readonly AuditEvent[]): Promise<void> {
    return this.#queue.run(async () => {
      const { audit: state } = (await this.#read()).body;
      const { audit } = this;
      if (!audit) return;
      if (state.epochs.length === 0) return audit.lose(events.length);
      try {
        const timeout = audit.required ? undefined : this.#patience;
        await this.container.exclusively(async () => {
          await audit.append(state, events, undefined);
        }, timeout);
        this.#patience = patience;
      } catch (cause) {
        if (SecretsError.is(cause) && cause.code === "AUDIT_UNAVAILABLE") throw cause;
        if (SecretsError.is(cause) && cause.code === "LOCK_TIMEOUT") this.#patience = 0;
        audit.lose(events.length, cause);
      }
    });
  }

  /** Runs a task while nothing is written. If nothing can be written, it runs without the lock. */
  alone<T>(task: (view: VaultView) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      this.#signature = "unknown";
      return task(await this.#read());
    };
    let begun = false;
    return this.#locked(() => {
      begun = true;
      return run();
    }).catch((error) => {
      if (begun || !SecretsError.is(error) || !unwritable.has(error.code)) throw error;
      return this.#queue.run(run);
    });
  }

  /** Runs a task under the lock. The lock is released while somebody is asked for a key. */
  async #locked<T>(task: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#queue.run(() => this.container.exclusively(task));
      } catch (error) {
        if (!(error instanceof KeyWanted)) throw error;
        await this.container.unlock?.();
      }
    }
  }

  close(): void {
    this.#install(emptyBody(), "closed");
  }

  /**
   * Writes a change after its audit lines, which are durable first and name the generation that the
   * change creates.
   */
  async #write(next: Loaded, events: readonly AuditEvent[]): Promise<void> {
    const { audit } = next.body;
    if (this.audit && audit.epochs.length === 0) await this.#begin(next);
    const generation = next.seal.generation + 1;
    if (this.audit) audit.checkpoint = await this.audit.append(audit, events, generation);
    if (next.seal.newEpoch) newAuditEpoch(next.body);
    try {
      await this.container.write(next);
    } catch (error) {
      this.#signature = "unknown";
      await this.#recordFailure(audit, events, error);
      throw error;
    }
    this.#install(next.body, this.container.signature());
  }

  /**
   * Stores the first audit key, because no line may be signed with a key that is not durable yet.
   */
  async #begin(next: Loaded): Promise<void> {
    newAuditEpoch(next.body);
    await this.container.write({ ...next, body: { ...emptyBody(), audit: next.body.audit } });
    next.seal.generation += 1;
  }

  async #recordFailure(
    audit: AuditState,
    events: readonly AuditEvent[],
    error: unknown,
  ): Promise<void> {
    const outcome = SecretsError.is(error) ? error.code : "WRITE_FAILED";
    const failed = events.map((event) => ({ ...event, outcome }));
    await this.audit?.append(audit, failed, undefined).catch(() => undefined);
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

/// <reference lib="esnext.disposable" preserve="true" />

import { readEvent } from "./audit/read-event.ts";
import type { AuditReport } from "./audit/verify-audit.ts";
import { verifyAuditOf } from "./audit/verify-audit-of.ts";
import { SecretsError } from "./errors.ts";
import { KeyRing } from "./keys/key-ring.ts";
import { liveSecrets } from "./live-secrets.ts";
import { type GetOptions, Lookup } from "./lookup.ts";
import { canonicalName } from "./names.ts";
import type { SecretsOptions } from "./options.ts";
import { Guard } from "./roles/guard.ts";
import type { Verb } from "./roles/policy.ts";
import { RolePolicies } from "./roles/role-policies.ts";
import { type Rotator, rotate } from "./rotation/rotate.ts";
import { rotateDue } from "./rotation/rotate-due.ts";
import type { DueReport, RotationPlan, RotationResult } from "./rotation/rotation-plan.ts";
import { Secret } from "./secret.ts";
import type { SecretStore, SetOptions } from "./stores/secret-store.ts";
import { VaultStore } from "./stores/vault-store.ts";
import { checkValue } from "./values.ts";
import type { Vault } from "./vault.ts";
import { warnOfShort } from "./warn-of-short.ts";

/** The state that all handles of an opened store share. */
export interface Shared {
  readonly store: SecretStore;
  readonly options: SecretsOptions;
  closed: boolean;
}

/** Access to the secrets of a store and the environment, limited to a role's if made by `as`. */
export class SecretsManager implements AsyncDisposable {
  readonly #shared: Shared;
  readonly #store: SecretStore;
  readonly #lookup: Lookup;
  readonly #guard: Guard | undefined;

  constructor(shared: Shared, guard?: Guard) {
    this.#shared = shared;
    this.#guard = guard;
    const { store } = shared;
    const { vault } = store;
    this.#store = guard && vault ? new VaultStore(vault, this.#now, guard.actor) : store;
    this.#lookup = new Lookup(store, shared.options);
  }

  /**
   * Returns the secret from the first source that has it: explicit, store, environment, default.
   *
   * @throws SecretsError for a bad name or an unreadable store, `FORBIDDEN`, `AUDIT_UNAVAILABLE`
   */
  async get(name: string, options: GetOptions = {}): Promise<Secret | undefined> {
    this.#checkOpen();
    const allowed = this.#guard ? await this.#guard.readOptions(name, options) : options;
    if (!this.#shared.options.audit?.reads) return this.#lookup.find(name, allowed);
    const found = await this.#lookup.find(name, allowed);
    await this.#recordRead(name, found);
    return found;
  }

  /** Returns every valid value of the name, the current one first, for a pool of keys. */
  async getAll(name: string, options: GetOptions = {}): Promise<readonly Secret[]> {
    const first = await this.get(name, options);
    if (!first) return [];
    const view = await this.#store.vault?.view();
    if (first.source !== "store" || !view) return [first];
    const live = liveSecrets(view, name, options.env ?? [], this.#now());
    return live.length === 0 ? [first] : live;
  }

  /**
   * Stores a value; it is on disk when this resolves.
   *
   * @throws SecretsError for a bad name or value, `NAME_CONFLICT`, `FORBIDDEN`, and if the store
   * could not be written
   */
  async set(name: string, value: string, options: SetOptions = {}): Promise<Secret> {
    this.#checkOpen();
    await this.#check("write", canonicalName(name));
    checkValue(name, value, options.multiline ?? false);
    if (!this.#store.set) throw this.#unsupported("set");
    if (options.rotateAfter !== undefined || options.overlap !== undefined) this.#vault("versions");
    warnOfShort(name, value, this.#shared.options.onWarning);
    const stored = await this.#store.set(name, value, options);
    return new Secret(name, value, "store", stored);
  }

  /** Returns true if the name existed. */
  async delete(name: string): Promise<boolean> {
    this.#checkOpen();
    await this.#check("delete", canonicalName(name));
    if (!this.#store.delete) throw this.#unsupported("delete");
    return this.#store.delete(name);
  }

  /** Lists the names in the store, sorted. A role gets those that it may both list and read. */
  async list(): Promise<readonly string[]> {
    this.#checkOpen();
    const names = [...(await this.#store.list())].sort();
    const guard = this.#guard;
    if (!guard) return names;
    const listed = await guard.those("list", names);
    if (listed.length === 0) await guard.checkAny("list");
    return guard.those("read", listed);
  }

  /** Deletes all names that `list` returns. Returns how many existed. */
  async clear(): Promise<number> {
    const names = await this.list();
    for (const name of names) await this.#check("delete", name);
    if (this.#store.deleteAll) return this.#store.deleteAll(names);
    let count = 0;
    for (const name of names) if (await this.delete(name)) count += 1;
    return count;
  }

  /**
   * Gives a name a new value: creates it, stores it as pending, tests it, makes it current, keeps
   * the old one for the overlap, revokes it. A call after a crash continues where it stopped.
   *
   * @throws SecretsError `NOT_FOUND`, `ROTATION_IN_PROGRESS`, `ROTATION_CREATE_FAILED`,
   * `ROTATION_TEST_FAILED`, `ROTATION_REVOKE_FAILED`, `UNSUPPORTED_BY_FORMAT`, `FORBIDDEN`
   */
  async rotate(name: string, plan: RotationPlan): Promise<RotationResult> {
    this.#checkOpen();
    await this.#check("rotate", canonicalName(name));
    return rotate(this.#rotator(), name, plan);
  }

  /** Rotates the names that are due and have a plan, and reports the others. */
  async rotateDue(plans: Readonly<Record<string, RotationPlan>> = {}): Promise<DueReport> {
    this.#checkOpen();
    const guard = this.#guard;
    const all = await this.#store.list();
    const names = guard ? await guard.those("rotate", all) : all;
    return rotateDue(this.#rotator(), names, plans);
  }

  /** Returns a handle with the role's permissions. It prevents mistakes, not attacks. */
  as(role: string): SecretsManager {
    this.#checkOpen();
    if (this.#guard) throw this.#guard.refuseRole(canonicalName(role));
    return new SecretsManager(this.#shared, new Guard(this.#vault("roles"), canonicalName(role)));
  }

  /** The store's policy: what each role may do. */
  get roles(): RolePolicies {
    this.#checkOpen();
    return new RolePolicies(this.#vault("roles"), this.#guard);
  }

  /** The keys that open the store. */
  get keys(): KeyRing {
    this.#checkOpen();
    return new KeyRing(this.#vault("keys"), this.#guard);
  }

  /** Checks the audit for lines that were edited, removed or reordered. */
  async verifyAudit(): Promise<AuditReport> {
    this.#checkOpen();
    await this.#check("audit", "*");
    const vault = this.#vault("audit");
    const report = await verifyAuditOf(vault);
    if (!report) throw this.#unsupported("audit");
    return report;
  }

  /**
   * Restores the last good file of a damaged store. The damaged file is renamed, not deleted.
   *
   * @throws SecretsError `NOTHING_TO_RECOVER` if the store is good or there is no backup
   */
  async recover(options: { readonly from: "backup" }): Promise<void> {
    this.#checkOpen();
    await this.#guard?.check("admin", "*");
    const { store } = this.#shared;
    if (!store.recover) throw this.#unsupported("recover");
    if (options.from !== "backup") {
      throw new SecretsError("INVALID_OPTION", 'recover takes { from: "backup" }.');
    }
    await store.recover();
  }

  /** Renames the store, its backup and its audit, and starts a new one. Returns the new names. */
  async reset(): Promise<readonly string[]> {
    this.#checkOpen();
    await this.#guard?.check("admin", "*");
    const { store } = this.#shared;
    if (!store.reset) throw this.#unsupported("reset");
    return store.reset();
  }

  /** Looks at once for changes by other processes. */
  async refresh(): Promise<void> {
    this.#checkOpen();
    await this.#store.refresh?.();
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#shared.closed;
  }

  /** Closes the store, forgets its values, refuses later calls. A role's handle closes nothing. */
  async close(): Promise<void> {
    if (this.#shared.closed || this.#guard) return;
    this.#shared.closed = true;
    await this.#store.close?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #now = (): number => (this.#shared.options.now ?? Date.now)();

  #rotator(): Rotator {
    const actor = this.#guard ? { actor: this.#guard.actor } : {};
    return { vault: this.#vault("versions"), now: this.#now, actor };
  }

  async #check(verb: Verb, name: string): Promise<void> {
    await this.#guard?.check(verb, name);
  }

  async #recordRead(name: string, found: Secret | undefined): Promise<void> {
    await this.#vault("audit").record([readEvent(name, found, this.#guard?.actor)]);
  }

  #vault(feature: string): Vault {
    const { vault } = this.#shared.store;
    if (vault) return vault;
    throw this.#unsupported(feature);
  }

  #unsupported(feature: string): SecretsError {
    return new SecretsError(
      "UNSUPPORTED_BY_FORMAT",
      `The ${this.#shared.store.kind} store has no ${feature}. Use a store of this package's format.`,
    );
  }

  #checkOpen(): void {
    if (!this.#shared.closed) return;
    throw new SecretsError("CLOSED", "These secrets were closed. Open them again.");
  }
}

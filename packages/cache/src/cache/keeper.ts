import { CacheError } from "../error.ts";
import type { Spent } from "../flight/spent.ts";
import { isCid } from "../key/cid.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { whenReady } from "../maybe-promise.ts";
import { type Content, content } from "../record/content.ts";
import type { LiveRecord } from "../record/live-record.ts";
import { checkLabel } from "../stats/label.ts";
import type { Tally } from "../stats/tally.ts";
import { type Mark, mark } from "../tier/invalidated-since.ts";
import type { Notes } from "../tier/notes.ts";
import type { Ticket } from "../tier/tickets.ts";
import type { Tier } from "../tier/tier.ts";
import type { Tiers } from "../tier/tiers.ts";
import { unheard } from "../unheard.ts";
import type { Clock } from "./clock.ts";
import { checkedTtl } from "./freshness.ts";
import type { ComputeOptions, GetOptions, SetOptions } from "./options.ts";
import { type Scope, scopePrefix } from "./scope.ts";

export interface KeeperSettings {
  readonly scope: Scope;
  readonly ttl: number;
  readonly clock: Clock;
}

/**
 * Reads and stores entries: builds the keys, reads the clock, and decides which values are stored.
 */
export class Keeper {
  readonly tiers: Tiers;
  readonly tally: Tally;
  readonly #settings: KeeperSettings;
  readonly #clock: Clock;
  readonly #prefix: string;
  /** The first tier, if its store is in this process. */
  readonly #first: Tier | undefined;
  #notes: readonly Notes[] | undefined;

  constructor(tiers: Tiers, tally: Tally, settings: KeeperSettings) {
    this.tiers = tiers;
    this.tally = tally;
    this.#settings = settings;
    this.#clock = settings.clock;
    this.#prefix = scopePrefix(settings.scope);
    const first = tiers.all[0];
    this.#first = first?.store.inProcess ? first : undefined;
  }

  /**
   * Returns the namespace, tenant and CID, or the CID alone without a scope. The CID is not
   * validated.
   */
  keyOf(cid: string, scope: Scope | undefined): string {
    if (scope?.namespace === undefined && scope?.tenant === undefined) return this.#prefix + cid;
    const { namespace, tenant } = this.#settings.scope;
    const merged = { namespace: scope.namespace ?? namespace, tenant: scope.tenant ?? tenant };
    return scopePrefix(merged) + cid;
  }

  /**
   * Throws for invalid arguments before anything is read or computed. A hit in memory needs no
   * check: its key was validated when it was stored.
   */
  check(cid: string, options?: SetOptions & GetOptions): void {
    if (!isCid(cid)) throw invalidKey(cid);
    if (options?.ttl !== undefined) checkedTtl(options.ttl);
    if (options?.label !== undefined) checkLabel(options.label);
  }

  now(): number {
    return this.#clock.now();
  }

  read(key: string): MaybePromise<LiveRecord | undefined> {
    return this.tiers.read(key, this.now());
  }

  readAtOnce(key: string): LiveRecord | undefined {
    return this.tiers.readAtOnce(key, this.now());
  }

  /** Returns the record in the first tier, if that tier is in this process. */
  peek(key: string): LiveRecord | undefined {
    const now = this.#clock.recent();
    return this.tiers.isTrusted(now) ? this.#first?.peek(key, now) : undefined;
  }

  board(key: string, onVoid: () => void): Ticket {
    return this.tiers.tickets.issue(key, onVoid);
  }

  mark(ticket: Ticket): MaybePromise<Mark> {
    this.#notes ??= this.tiers.all.flatMap(({ notes }) => notes ?? []);
    return mark(ticket, this.#notes);
  }

  /**
   * Stores a value unless an option or its content prevents it. Throws only for invalid options.
   */
  keep(
    key: string,
    made: Content,
    options: ComputeOptions<never>,
    computed?: { readonly spent: Spent; readonly mark: Mark },
  ): MaybePromise<boolean> {
    const ttl = options.ttl ?? this.#settings.ttl;
    const obstacle = made.obstacle ?? this.#unworthy(made.value, options);
    if (obstacle !== undefined) return this.#skip(key, obstacle);
    if (ttl === 0) {
      return whenReady(this.tiers.remove(key), () => this.#skip(key, "its ttl is 0 ms"));
    }
    const metadata = options.metadata === undefined ? undefined : content(options.metadata);
    if (metadata?.obstacle) return this.#skip(key, metadata.obstacle);
    const now = this.now();
    const facts = {
      key,
      storedAt: now,
      expiresAt: now + ttl,
      elapsed: computed?.spent.elapsed,
      cost: computed?.spent.cost,
      metadata: metadata?.value,
    };
    // The metadata takes memory as well.
    const measured = { value: made.value, size: made.size + (metadata?.size ?? 0) };
    const written = computed
      ? this.tiers.fill(facts, measured, computed.mark, options.refresh === true)
      : this.tiers.replace(facts, measured);
    return whenReady(written, (stored) => {
      if (stored === undefined) return this.#skip(key, "it was deleted or replaced meanwhile");
      if (stored) this.tally.stored();
      return stored;
    });
  }

  /**
   * Returns the cost of a value from the caller's function; undefined if the function throws or
   * does not return a number.
   */
  cost(value: unknown, options: ComputeOptions<never>): number | undefined {
    try {
      const cost: unknown = options.cost?.(value as never);
      unheard(cost);
      return typeof cost === "number" && Number.isFinite(cost) ? cost : undefined;
    } catch {
      return undefined;
    }
  }

  #unworthy(value: unknown, options: ComputeOptions<never>): string | undefined {
    if (!options.shouldStore) return undefined;
    try {
      const worthy: unknown = options.shouldStore(value as never) ?? true;
      unheard(worthy);
      if (typeof worthy === "object") return "shouldStore is asynchronous";
      return worthy ? undefined : "shouldStore returned false";
    } catch (error) {
      return `shouldStore threw ${String(error)}`;
    }
  }

  #skip(key: string, reason: string): false {
    this.tally.tell({ type: "not-stored", key, reason });
    return false;
  }
}

function invalidKey(cid: unknown): CacheError {
  const shown = JSON.stringify(String(cid));
  const message = `${shown} is not a CID of this cache; make one by cache.key(request).`;
  return new CacheError("INVALID_KEY", message);
}

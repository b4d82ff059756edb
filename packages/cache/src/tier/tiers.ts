import { keyOfTarget, targetMatcher } from "../cache/target.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import { encodeRecord } from "../record/encode-record.ts";
import type { Facts } from "../record/facts.ts";
import { LiveRecord } from "../record/live-record.ts";
import type { Measured } from "../record/measured.ts";
import { Follower } from "./follower.ts";
import type { Mark } from "./invalidated-since.ts";
import { Queue } from "./queue.ts";
import { Tickets } from "./tickets.ts";
import type { Tier } from "./tier.ts";

/** The result of a removal. */
export interface Removal {
  /** Whether there was an entry. */
  readonly removed: boolean;
  /** The stores that did not remove it. */
  readonly failed: readonly Tier[];
}

/** The stores of a cache, fastest first, used as one. */
export class Tiers {
  readonly all: readonly Tier[];
  readonly tickets: Tickets = new Tickets();
  readonly #followers: Follower[] = [];
  readonly #queue: Queue = new Queue();

  constructor(tiers: readonly Tier[]) {
    this.all = tiers;
    for (let index = 1; index < tiers.length; index++) {
      const notes = tiers[index]?.notes;
      if (!notes) continue;
      this.#followers.push(new Follower(notes, (target) => this.#forget(index, target)));
    }
  }

  /**
   * Returns true if entries of the first tier may be served without reading what others
   * invalidated.
   */
  isTrusted(now: number): boolean {
    const followers = this.#followers;
    // Every hit in memory runs this loop, so it uses no iterator.
    for (let index = 0; index < followers.length; index++) {
      if (!followers[index]?.isTrusted(now)) return false;
    }
    return true;
  }

  /** Returns undefined if there is nothing to wait for. */
  catchUp(now: number): MaybePromise<void> {
    if (this.isTrusted(now)) return undefined;
    const waits = this.#followers.map((follower) => follower.catchUp(now)).filter(isPromise);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  /** Reads from the first tier downward; a record that is found is copied into the tiers above. */
  read(key: string, now: number): MaybePromise<LiveRecord | undefined> {
    const wait = this.catchUp(now);
    if (!wait) return this.#readFrom(0, key, now);
    return wait.then(() => this.#readFrom(0, key, now));
  }

  /** Like `read`, as far down as the stores answer synchronously. */
  readAtOnce(key: string, now: number): LiveRecord | undefined {
    if (isPromise(this.catchUp(now))) return undefined;
    for (let index = 0; index < this.all.length; index++) {
      const found = (this.all[index] as Tier).readAtOnce(key, now);
      if (found) return this.#promote(found, index);
    }
    return undefined;
  }

  /**
   * Stores a new value for a key, whatever is stored or in progress. Returns true if at least one
   * tier took it.
   */
  replace(facts: Facts, content: Measured): MaybePromise<boolean> {
    const { key } = facts;
    this.tickets.void(key);
    // From now on, later invalidations by others apply to what memory holds.
    const run = () => {
      const wait = this.catchUp(facts.storedAt);
      if (!wait) return this.#write(facts, content, true);
      return wait.then(() => this.#write(facts, content, true));
    };
    return this.#queue.run(key, run);
  }

  /**
   * Stores a value that was computed since a mark. Returns undefined, and stores nothing, if the
   * key was deleted, cleared or replaced in the meantime.
   */
  fill(
    facts: Facts,
    content: Measured,
    mark: Mark,
    replaces: boolean,
  ): MaybePromise<boolean | undefined> {
    const { key } = facts;
    if (replaces) this.tickets.void(key, mark.ticket.serial);
    const isVoidNow = () => whenReady(this.catchUp(facts.storedAt), () => mark.isVoid());
    const run = () =>
      whenReady(isVoidNow(), (isVoid) => {
        if (isVoid) return undefined;
        return whenReady(this.#write(facts, content, replaces), (stored) =>
          // An invalidation between the check and the write did not see what was written.
          whenReady(mark.isVoid(), (late) => (late ? this.#removeLate(key) : stored)),
        );
      });
    return this.#queue.run(key, run);
  }

  #removeLate(key: string): MaybePromise<undefined> {
    return whenReady(this.#removeFrom(this.all.length - 1, key), ({ failed }) => {
      for (const tier of failed) tier.removeLater(key);
      return undefined;
    });
  }

  remove(key: string): MaybePromise<Removal> {
    this.tickets.void(key);
    return this.#queue.run(key, () => this.#removeFrom(this.all.length - 1, key));
  }

  settled(): Promise<void> {
    return this.#queue.settled();
  }

  #readFrom(from: number, key: string, now: number): MaybePromise<LiveRecord | undefined> {
    for (let index = from; index < this.all.length; index++) {
      const found = (this.all[index] as Tier).read(key, now);
      if (isPromise(found)) return this.#readLater(found, index, key, now);
      if (found) return this.#promote(found, index);
    }
    return undefined;
  }

  async #readLater(
    coming: Promise<LiveRecord | undefined>,
    index: number,
    key: string,
    now: number,
  ): Promise<LiveRecord | undefined> {
    const ticket = this.tickets.issue(key);
    try {
      const record = await coming;
      if (!record) return await this.#readFrom(index + 1, key, now);
      return ticket.valid ? this.#promote(record, index) : record;
    } finally {
      this.tickets.handIn(ticket);
    }
  }

  #promote(record: LiveRecord, index: number): LiveRecord {
    if (index > 0) {
      const content = { value: record.value, size: record.size };
      const written = this.#writeTo(this.all.slice(0, index), record, content, false);
      if (isPromise(written)) this.#queue.track(written);
    }
    return record;
  }

  #write(facts: Facts, content: Measured, replaces: boolean): MaybePromise<boolean> {
    return this.#writeTo(this.all, facts, content, replaces);
  }

  #writeTo(
    tiers: readonly Tier[],
    facts: Facts,
    content: Measured,
    replaces: boolean,
  ): MaybePromise<boolean> {
    let bytes: Uint8Array | undefined;
    const encoded = () => {
      bytes ??= encodeRecord(facts, content.value);
      return bytes;
    };
    return any(
      tiers.map((tier) => tier.write(new LiveRecord(facts, content, tier.name), encoded, replaces)),
    );
  }

  /** Removes from the last tier upward, so that an entry in a lower tier is not copied up again. */
  #removeFrom(
    index: number,
    key: string,
    sum: Removal = { removed: false, failed: [] },
  ): MaybePromise<Removal> {
    const tier = this.all[index];
    if (!tier) return sum;
    return whenReady(tier.remove(key), (removed) => {
      // A read of a lower tier that started before the removal must not restore the entry here.
      this.tickets.void(key);
      return this.#removeFrom(index - 1, key, {
        removed: sum.removed || removed === true,
        failed: removed === undefined ? [...sum.failed, tier] : sum.failed,
      });
    });
  }

  /** Removes from the tiers above what another process invalidated in the tier at an index. */
  #forget(index: number, target: string | undefined): MaybePromise<void> {
    this.#void(target);
    const above = this.all.slice(0, index);
    const waits = above.map((tier) => tier.forget(target)).filter(isPromise);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => this.#void(target));
  }

  #void(target: string | undefined): void {
    const key = target === undefined ? undefined : keyOfTarget(target);
    if (key !== undefined) this.tickets.void(key);
    else this.tickets.voidWhere(target === undefined ? () => true : targetMatcher(target));
  }
}

function any(answers: readonly MaybePromise<boolean>[]): MaybePromise<boolean> {
  if (!answers.some(isPromise)) return answers.includes(true);
  return whenReady(Promise.all(answers), (all) => all.includes(true));
}

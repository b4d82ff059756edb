import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import { encodeRecord } from "../record/encode-record.ts";
import { type Facts, LiveRecord } from "../record/live-record.ts";
import type { Measured } from "../record/measured.ts";
import type { Tier } from "./tier.ts";

/** The stores of a cache, fastest first, as one. */
export class Tiers {
  readonly all: readonly Tier[];
  /** Writes under way, so that `close` can wait for them. */
  readonly #pending: Set<Promise<unknown>> = new Set();

  constructor(tiers: readonly Tier[]) {
    this.all = tiers;
  }

  /** Looks from one tier on downward; what is found is copied into the tiers above. */
  read(key: string, now: number, from = 0): MaybePromise<LiveRecord | undefined> {
    for (let index = from; index < this.all.length; index++) {
      const found = (this.all[index] as Tier).read(key, now);
      if (isPromise(found)) {
        return found.then((record) =>
          record ? this.#promote(record, index) : this.read(key, now, index + 1),
        );
      }
      if (found) return this.#promote(found, index);
    }
    return undefined;
  }

  /** Like `read`, as far down as the stores answer at once. */
  readAtOnce(key: string, now: number): LiveRecord | undefined {
    for (let index = 0; index < this.all.length; index++) {
      const found = (this.all[index] as Tier).readAtOnce(key, now);
      if (found) return this.#promote(found, index);
    }
    return undefined;
  }

  /** Writes to every tier. True when at least one of them took it. */
  write(facts: Facts, content: Measured): MaybePromise<boolean> {
    return this.#writeTo(this.all, facts, content);
  }

  remove(key: string): MaybePromise<boolean> {
    return any(this.all.map((tier) => tier.remove(key)));
  }

  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  #promote(record: LiveRecord, index: number): LiveRecord {
    if (index > 0) {
      const content = { value: record.value, size: record.size };
      void this.#writeTo(this.all.slice(0, index), record, content);
    }
    return record;
  }

  #writeTo(tiers: readonly Tier[], facts: Facts, content: Measured): MaybePromise<boolean> {
    let bytes: Uint8Array | undefined;
    const encoded = () => {
      bytes ??= encodeRecord(facts, content.value);
      return bytes;
    };
    const answers = tiers.map((tier) => {
      return tier.write(new LiveRecord(facts, content, tier.name), encoded);
    });
    const written = any(answers);
    if (isPromise(written)) this.#track(written);
    return written;
  }

  #track(promise: Promise<unknown>): void {
    this.#pending.add(promise);
    void promise.finally(() => this.#pending.delete(promise));
  }
}

function any(answers: readonly MaybePromise<boolean>[]): MaybePromise<boolean> {
  if (!answers.some(isPromise)) return answers.includes(true);
  return whenReady(Promise.all(answers), (all) => all.includes(true));
}

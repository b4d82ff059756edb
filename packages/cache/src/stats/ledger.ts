import { atExit } from "../at-exit.ts";
import type { Tier } from "../tier/tier.ts";
import type { Tiers } from "../tier/tiers.ts";
import { type Amounts, flatten, unflatten } from "./amounts.ts";
import type { CacheCounts, Tally } from "./tally.ts";

const WRITE_EVERY = 5000;

/**
 * Adds the counts of this process to the sums in a store from time to time, so that they outlive
 * the process.
 */
export class Ledger {
  readonly #tier: Tier | undefined;
  readonly #tally: Tally;
  #written: Amounts = {};
  #timer: NodeJS.Timeout | undefined;
  #callOff: (() => void) | undefined;
  #isWriting = false;

  /** The first store with counters keeps the sums. */
  constructor(tiers: Tiers, tally: Tally) {
    this.#tier = tiers.all.find((tier) => tier.store.counters);
    this.#tally = tally;
    if (this.#tier) tally.onChange = () => this.#schedule();
  }

  async total(): Promise<CacheCounts> {
    const tier = this.#tier;
    if (!tier) return this.#tally.counts();
    await this.#write();
    const read = () => tier.store.counters?.read();
    return unflatten((await tier.attempt("counters", read, undefined)) ?? {});
  }

  async close(): Promise<void> {
    this.#tally.onChange = undefined;
    await this.#write();
  }

  #schedule(): void {
    // A failed write is itself counted; if that count scheduled a write, the process would never
    // end.
    if (this.#timer || this.#isWriting) return;
    this.#timer = setTimeout(() => void this.#write(), WRITE_EVERY).unref();
    this.#callOff = atExit(() => void this.#write());
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#callOff?.();
    const now = flatten(this.#tally.counts());
    const added: Amounts = {};
    for (const [name, amount] of Object.entries(now)) {
      const more = amount - (this.#written[name] ?? 0);
      if (more !== 0) added[name] = more;
    }
    if (Object.keys(added).length === 0) return;
    this.#written = now;
    const add = () => this.#tier?.store.counters?.add(added);
    this.#isWriting = true;
    await this.#tier?.attempt("counters", add, undefined);
    this.#isWriting = false;
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { durabilityWarnings } from "../redis/durability-warnings.ts";
import type { RedisClient } from "../redis/redis-client.ts";
import { linkOf, NotSent } from "../redis/redis-link.ts";
import { senderOf } from "../redis/redis-send.ts";
import { endOf } from "./account.ts";
import type { BudgetStore, Settlement } from "./budget-store.ts";
import { settleScript, takeScript } from "./redis-scripts.ts";

/** Milliseconds until what could not be settled is tried again. */
const pause = 500;

/**
 * Budgets in Redis, for all servers that use it. Its user must be allowed to run scripts (EVAL).
 * They are as durable as what Redis stores: `check` reports settings that lose data.
 */
export function redisBudgets(
  client: RedisClient,
  { prefix = "acc" }: { readonly prefix?: string } = {},
): BudgetStore {
  const send = senderOf(client);
  const keyOf = (account: string) => `${prefix}:budget:${account}`;
  const settleNow = ({ account, id, amount }: Settlement) =>
    send("EVAL", settleScript, "1", keyOf(account), id, String(amount));
  const owed = new OwedSettlements(settleNow);
  return {
    availability: linkOf(client),
    async take({ account, id, amount, limit }) {
      const end = String(endOf(account) / 1_000);
      const args = [keyOf(account), id, String(amount), String(limit), end];
      try {
        return Number(await send("EVAL", takeScript, "1", ...args)) === 1;
      } catch (error) {
        // It may have been done, or may still be done: if so, it is given back.
        if (!(error instanceof NotSent)) owed.add({ account, id, amount: 0 });
        throw error;
      }
    },
    async settle(settlement) {
      await settleNow(settlement).catch(() => owed.add(settlement));
    },
    async spent(account) {
      return Number((await send("HGET", keyOf(account), "spent")) ?? 0);
    },
    async check() {
      await send("EVAL", "return 1", "0");
      return durabilityWarnings(send);
    },
    close: () => owed.close(),
  };
}

/** Settlements that could not be sent to Redis. */
class OwedSettlements {
  readonly #settle: (settlement: Settlement) => Promise<unknown>;
  #owed: Settlement[] = [];
  #work: Promise<void> | undefined;
  #isClosed = false;

  constructor(settle: (settlement: Settlement) => Promise<unknown>) {
    this.#settle = settle;
  }

  add(settlement: Settlement): void {
    this.#owed.push(settlement);
    this.#work ??= this.#settleAll().finally(() => {
      this.#work = undefined;
    });
  }

  /** Tries once more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    await this.#round();
  }

  async #settleAll(): Promise<void> {
    while (this.#owed.length > 0 && !this.#isClosed) {
      await sleep(pause, undefined, { ref: false });
      await this.#round();
    }
  }

  async #round(): Promise<void> {
    const owed = this.#owed;
    this.#owed = [];
    const tried = await Promise.allSettled(owed.map((one) => this.#settle(one)));
    const failed = owed.filter((_, index) => tried[index]?.status === "rejected");
    this.#owed.push(...failed);
  }
}

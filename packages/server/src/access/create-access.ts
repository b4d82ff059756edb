import type { Prices } from "@acc/dual-mode";
import {
  type Access,
  type Ask,
  isRefusal,
  type Refusal,
  type Reservation,
} from "../contract/access.ts";
import { expectedOf } from "../safety/same-token.ts";
import { AccessError } from "./access-error.ts";
import { type AccessState, joined } from "./availability.ts";
import type { BudgetStore } from "./budgets/budget-store.ts";
import { identify, type OwnerFrom } from "./identify.ts";
import { type KeyUsage, keyUsage } from "./key-usage.ts";
import type { KeyRecord, KeyStore } from "./keys/key-store.ts";
import type { Limits } from "./limits/limits.ts";
import { memoryLimits } from "./limits/memory-limits.ts";
import { takeRequest } from "./limits/take-limits.ts";
import { unavailable } from "./refusals.ts";
import { reserveFor } from "./reserve-for.ts";

/** Who may use a server, and where keys, limits and budgets are stored. */
export interface AccessOptions {
  /**
   * The owner's token: whoever sends it is the owner, and may use logins. At least 32 random
   * characters.
   */
  readonly ownerToken?: string;
  /**
   * Where the owner's token is accepted: "nowhere" for a server that other machines reach.
   * @default "loopback"
   */
  readonly ownerFrom?: OwnerFrom;
  /**
   * Where keys are stored: `fileKeys` or `redisKeys`.
   * @default no keys: only the owner may send requests
   */
  readonly keys?: KeyStore;
  /**
   * Where requests and tokens are counted: `redisLimits` for several servers.
   * @default `memoryLimits()`
   */
  readonly limits?: Limits;
  /**
   * Where spending is stored: `fileBudgets` or `redisBudgets`. Without it, a key that has a budget
   * is refused.
   */
  readonly budgets?: BudgetStore;
  /**
   * What models cost, in the form that clients take. A key with a budget is refused a model without
   * a price.
   */
  readonly prices?: Prices;
  /** Output tokens that a call of a key with a budget gets if it sets no limit. @default 4096 */
  readonly defaultMaxOutputTokens?: number;
  /**
   * Receives the reason if keys, limits or budgets could not be read: the calls are refused with
   * 503.
   */
  readonly onError?: (error: unknown) => void;
  /**
   * Called when shared storage becomes unavailable, and when it is back. In between, keys and
   * limits work from what this server knew last, and keys that have a budget are refused.
   */
  readonly onState?: (state: AccessState) => void;
}

/** Access control for the owner and for stored keys. */
export interface KeyAccess extends Access {
  /**
   * Checks whether keys and budgets can be stored, and returns warnings for the owner: records that
   * cannot be read, and settings that may lose data.
   *
   * @throws AccessError `UNSAFE_PERMISSIONS`, `DAMAGED`, `UNAVAILABLE`
   */
  check(): Promise<readonly string[]>;
  /** @throws AccessError `UNAVAILABLE` */
  uses(): Promise<readonly KeyUsage[]>;
  close(): Promise<void>;
}

/**
 * Decides who may send requests, and how much they may use. What cannot be looked up is refused,
 * except for the owner. Keys and limits that servers share are remembered for a while when their
 * storage becomes unavailable; budgets are not.
 *
 * @throws AccessError `INVALID_OPTION`
 */
export function createAccess(options: AccessOptions): KeyAccess {
  const { ownerToken, ownerFrom = "loopback", keys, budgets, onError = () => {} } = options;
  const { onState = () => {} } = options;
  checkOwnerToken(ownerToken);
  const owner = ownerToken === undefined ? undefined : expectedOf(ownerToken);
  const limits = options.limits ?? memoryLimits();
  const records = new WeakMap<object, KeyRecord>();
  const shared = joined([keys, limits, budgets].map((store) => store?.availability));
  const unwatch = shared.watch(onState);

  const orUnavailable = async <T>(ask: () => Promise<T>): Promise<T | Refusal> => {
    try {
      return await ask();
    } catch (error) {
      onError(error);
      return unavailable;
    }
  };
  const reserve = async (
    record: KeyRecord | undefined,
    ask: Ask,
  ): Promise<Reservation | Refusal> => {
    return record ? await reserveFor(record, ask, { ...options, limits, onError }) : unavailable;
  };

  return {
    get away() {
      return shared.away;
    },
    async identify(token, info = {}) {
      const asked = identify({ owner, ownerFrom, keys }, token, info);
      const found = asked instanceof Promise ? await orUnavailable(() => asked) : asked;
      if (isRefusal(found)) return found;
      if (found.record) records.set(found.caller, found.record);
      return found.caller;
    },
    async reserve(caller, ask) {
      if (caller.kind === "owner") return { settle: async () => {} };
      return await orUnavailable(() => reserve(records.get(caller), ask));
    },
    async count(caller) {
      if (caller.kind === "owner") return undefined;
      const record = records.get(caller);
      return record ? await orUnavailable(() => takeRequest(limits, record)) : unavailable;
    },
    async check() {
      const damaged: string[] = [];
      await keys?.list(({ message }) => damaged.push(message));
      return [...damaged, ...((await budgets?.check()) ?? [])];
    },
    async uses() {
      const all = (await keys?.list(onError)) ?? [];
      return await Promise.all(all.map((record) => keyUsage(record, limits, budgets)));
    },
    async close() {
      unwatch();
      await budgets?.close();
    },
  };
}

function checkOwnerToken(token: string | undefined): void {
  if (token === undefined || (typeof token === "string" && /^\S{32,}$/.test(token))) return;
  const message = "ownerToken has to be 32 characters or more, random and without spaces.";
  throw new AccessError("INVALID_OPTION", message);
}

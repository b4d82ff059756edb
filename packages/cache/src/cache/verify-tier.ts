import { CacheError, type CacheErrorCode } from "../error.ts";
import type { Tier } from "../tier/tier.ts";
import { isFresh } from "./freshness.ts";

/** Errors of records that look intact but that this cache cannot read. */
const UNREADABLE: ReadonlySet<CacheErrorCode> = new Set(["WRONG_KEY", "NEWER_FORMAT"]);

type Finding = Exclude<keyof VerifyReport, "checked">;

/**
 * Reads every record of a store; returns undefined if the store is in memory or cannot list its
 * entries.
 */
export async function verifyTier(tier: Tier, now: number): Promise<VerifyReport | undefined> {
  const { store } = tier;
  if (store.inProcess || !store.entries) return undefined;
  const keys: string[] = [];
  for await (const { key } of store.entries()) keys.push(key);
  const report = { checked: 0, sound: 0, expired: 0, damaged: 0, unreadable: 0 };
  for (const key of keys) {
    const finding = await examine(tier, key, now);
    if (finding === undefined) continue;
    report.checked++;
    report[finding]++;
  }
  return report;
}

async function examine(tier: Tier, name: string, now: number): Promise<Finding | undefined> {
  const codec = await tier.codec();
  const record = await tier.store.get(name);
  if (!record) return undefined;
  try {
    const live = codec.decode(name, record.bytes, tier.name);
    return isFresh(live, now) ? "sound" : "expired";
  } catch (error) {
    if (CacheError.is(error) && UNREADABLE.has(error.code)) return "unreadable";
    tier.tally.damage(name, tier.name, error);
    await tier.store.delete(name);
    return "damaged";
  }
}

export function sumReports(reports: readonly VerifyReport[]): VerifyReport {
  const sum = { checked: 0, sound: 0, expired: 0, damaged: 0, unreadable: 0 };
  for (const report of reports) {
    for (const name of Object.keys(sum) as (keyof VerifyReport)[]) sum[name] += report[name];
  }
  return sum;
}

/** The result of `verify`. */
export interface VerifyReport {
  /** The number of records that were read, in all stores except the memory of this process. */
  readonly checked: number;
  readonly sound: number;
  /** Intact but expired; `prune` removes them. */
  readonly expired: number;
  /** Different from what was stored; removed. */
  readonly damaged: number;
  /** Encrypted with another key, or in a newer format; left alone. */
  readonly unreadable: number;
}

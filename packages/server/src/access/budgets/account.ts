import type { Budget, KeyRecord } from "../keys/key-store.ts";

/** Returns the account of a key for the day or month (UTC) that contains a time. */
export function accountOf({ id }: Pick<KeyRecord, "id">, { per }: Budget, at: number): string {
  return `${id}:${new Date(at).toISOString().slice(0, per === "day" ? 10 : 7)}`;
}

/** Returns the month of an account, such as `2026-11`. */
export function monthOf(account: string): string {
  return periodOf(account).slice(0, 7);
}

/** Returns when the period of an account ends, in milliseconds since the epoch. */
export function endOf(account: string): number {
  const [year, month, day] = periodOf(account).split("-").map(Number) as [number, number, number?];
  return day === undefined ? Date.UTC(year, month) : Date.UTC(year, month - 1, day + 1);
}

function periodOf(account: string): string {
  return account.slice(account.lastIndexOf(":") + 1);
}

/** Converts dollars to billionths, as integers, because sums of fractions are not exact. */
export function toBillionths(usd: number): number {
  return Math.round(usd * 1e9);
}

/** Formats an amount for messages. */
export function inDollars(billionths: number): string {
  return `$${(billionths / 1e9).toFixed(billionths < 1e7 ? 6 : 2)}`;
}

import type { Settlement, Withdrawal } from "./budget-store.ts";
import type { Ledger } from "./ledger.ts";

/** A line of a journal. */
export type Line =
  | ["take", account: string, id: string, amount: number, limit: number]
  | ["settle", account: string, id: string, amount: number]
  /** What an account has spent, by what stood in the file before this one. */
  | ["spent", account: string, amount: number]
  /** The journal goes on in another file: what stands behind this line does not count. */
  | ["end"];

export function takeLine({ account, id, amount, limit }: Withdrawal): Line {
  return ["take", account, id, amount, limit];
}

export function settleLine({ account, id, amount }: Settlement): Line {
  return ["settle", account, id, amount];
}

/**
 * Writes a line into a ledger; false for one that cannot be read. Such a one was cut as its writer
 * ended: nobody was told that it is there.
 */
export function enter(text: string, ledger: Ledger): boolean {
  const line = parsed(text);
  if (!Array.isArray(line)) return false;
  const [kind, account, id, amount, limit] = line as unknown[];
  if (kind === "spent" && typeof account === "string" && isAmount(id)) {
    ledger.carry(account, id);
    return true;
  }
  if (typeof account !== "string" || typeof id !== "string" || !isAmount(amount)) return false;
  if (kind === "settle") ledger.settle({ account, id, amount });
  else if (kind === "take" && isAmount(limit)) ledger.take({ account, id, amount, limit });
  else return false;
  return true;
}

/** Whether it is the last line that counts. */
export function isEnd(text: string): boolean {
  return text === '["end"]';
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

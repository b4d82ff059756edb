import type { Settlement, Withdrawal } from "./budget-store.ts";

/** A line of a journal. */
export type Line =
  | ["take", account: string, id: string, amount: number, limit: number]
  | ["settle", account: string, id: string, amount: number]
  /** What an account has spent according to the file before this one. */
  | ["spent", account: string, amount: number]
  /** The journal continues in another file: what comes after this line does not count. */
  | ["end"];

export function takeLine({ account, id, amount, limit }: Withdrawal): Line {
  return ["take", account, id, amount, limit];
}

export function settleLine({ account, id, amount }: Settlement): Line {
  return ["settle", account, id, amount];
}

/** Whether it is the last line that counts. */
export function isEnd(text: string): boolean {
  return text === '["end"]';
}

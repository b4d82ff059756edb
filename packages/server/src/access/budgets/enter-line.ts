import type { Ledger } from "./ledger.ts";

/**
 * Enters a line into a ledger; returns false for one that cannot be read. Such a line was cut off
 * when its writer ended: no caller was told that it is there.
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

import { AccessError } from "../access-error.ts";
import type { Budget } from "./key-store.ts";

/** The options of a new key. */
export interface KeyOptions {
  /** Letters, digits, `.`, `_` and `-`; 64 at most. */
  readonly name: string;
  /**
   * A tenant that several keys share, and with it their cached answers; named like a key.
   * @default its own
   */
  readonly tenant?: string;
  /** Models that the key may use; `*` matches anything, as in `claude/*`. @default all */
  readonly models?: readonly string[];
  /** Requests per minute. @default unlimited */
  readonly rpm?: number;
  /** Tokens per minute. @default unlimited */
  readonly tpm?: number;
  /** @default unlimited */
  readonly budget?: Budget;
  /** Milliseconds since the epoch. @default never */
  readonly expiresAt?: number;
}

const word = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** @throws AccessError `INVALID_OPTION`, which names the member and what it should be */
export function checkKeyOptions(options: KeyOptions, now: number): void {
  const { name, tenant, models, rpm, tpm, budget, expiresAt } = options;
  const letters = "letters, digits, '.', '_' and '-', 64 at most";
  check("name", name, letters, isWord(name));
  check("tenant", tenant, letters, tenant === undefined || isWord(tenant));
  check(
    "models",
    models,
    "a list of patterns like 'claude/*'",
    models === undefined || isList(models),
  );
  check("rpm", rpm, "a whole number from 1", rpm === undefined || isCount(rpm));
  check("tpm", tpm, "a whole number from 1", tpm === undefined || isCount(tpm));
  check(
    "budget.usd",
    budget?.usd,
    "US dollars, more than 0",
    budget === undefined || isMoney(budget.usd),
  );
  check(
    "budget.per",
    budget?.per,
    "'day' or 'month'",
    budget === undefined || isPeriod(budget.per),
  );
  const isLater = Number.isSafeInteger(expiresAt) && Number(expiresAt) > now;
  check("expiresAt", expiresAt, "a time in the future", expiresAt === undefined || isLater);
}

function isWord(value: unknown): boolean {
  return typeof value === "string" && word.test(value);
}

function isList(value: unknown): boolean {
  const isPattern = (one: unknown) => typeof one === "string" && one.trim() !== "";
  return Array.isArray(value) && value.length > 0 && value.every(isPattern);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** At most a million dollars: above nine million, billionths of a dollar are not exact integers. */
function isMoney(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value <= 1_000_000;
}

function isPeriod(value: unknown): boolean {
  return value === "day" || value === "month";
}

function check(member: string, value: unknown, wanted: string, isRight: boolean): void {
  if (isRight) return;
  const given = String(typeof value === "string" ? JSON.stringify(value) : value).slice(0, 100);
  throw new AccessError("INVALID_OPTION", `${member} is ${given}; it has to be ${wanted}.`);
}

import { SecretsError } from "../errors.ts";
import type { OnWarning } from "../warning.ts";

/** How a store outside this machine is asked, and how long its answers are kept in memory. */
export interface ReadOptions {
  /**
   * A value that was read longer ago than this is never given, in milliseconds: so long may one
   * that was revoked be served while the store cannot be asked. @default 3_600_000
   */
  readonly ttl?: number;
  /**
   * A value that was read longer ago than this is read again, in milliseconds; in the background
   * where it is asked for shortly before. @default 60_000, or half of a shorter `ttl`
   */
  readonly refreshAfter?: number;
  /**
   * True refuses a value that is due to be read again while the store cannot be asked. Otherwise it
   * is served until its `ttl` has passed, and says that it is `stale`. @default false
   */
  readonly required?: boolean;
  /** How long one answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  /** The clock, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Called once for each outage in which a value from memory is served. @default process.emitWarning */
  readonly onWarning?: OnWarning;
}

/** The same, with the defaults filled in. */
export interface ReadPolicy {
  readonly ttl: number;
  readonly refreshAfter: number;
  readonly required: boolean;
  readonly timeout: number;
  readonly now: () => number;
}

const usualTtl = 3_600_000;
const usualRefresh = 60_000;
const usualTimeout = 10_000;

/** @throws SecretsError `INVALID_OPTION` for a time that is none */
export function readPolicy(options: ReadOptions): ReadPolicy {
  const ttl = milliseconds("ttl", options.ttl ?? usualTtl);
  const { now = Date.now, required = false } = options;
  return {
    ttl,
    refreshAfter: milliseconds(
      "refreshAfter",
      options.refreshAfter ?? Math.min(usualRefresh, ttl / 2),
    ),
    required,
    timeout: milliseconds("timeout", options.timeout ?? usualTimeout),
    now,
  };
}

function milliseconds(name: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value <= 2_147_483_647) return value;
  throw new SecretsError(
    "INVALID_OPTION",
    `The option ${name} is a time in milliseconds, from 0 to 2147483647.`,
  );
}

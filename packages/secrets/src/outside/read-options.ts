import { SecretsError } from "../errors.ts";
import type { OnWarning } from "../warning.ts";

/** How a store outside this machine is read, and how long its values stay in memory. */
export interface ReadOptions {
  /**
   * The greatest age of a returned value, in milliseconds: for so long a revoked value may be
   * served while the store cannot be reached. @default 3_600_000
   */
  readonly ttl?: number;
  /**
   * The age at which a value is read again, in milliseconds; a value that is asked for shortly
   * before is read again in the background. @default 60_000, or half of a shorter `ttl`
   */
  readonly refreshAfter?: number;
  /**
   * Whether a value that is due to be read again is refused while the store cannot be reached.
   * Otherwise it is served, marked as `stale`, until its `ttl` has passed. @default false
   */
  readonly required?: boolean;
  /** How long one request may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  /** The clock, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /**
   * Called once for each outage in which values from memory are served.
   * @default process.emitWarning
   */
  readonly onWarning?: OnWarning;
}

/** `ReadOptions` with the defaults filled in. */
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

/** @throws SecretsError `INVALID_OPTION` if a time is not a number of milliseconds in range */
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

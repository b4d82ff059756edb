import type { Client } from "../contract/client.ts";
import type { DualModeError } from "../error.ts";

/** One turn of a provider in a chain. */
export interface Leg {
  readonly client: Client;
  /**
   * Whether it may wait for a limit, because no other provider is left that could answer at once.
   */
  readonly patient: boolean;
}

/**
 * Returns the leg with this number, from 0. First comes each provider, without waiting for limits;
 * then those that had a limit, the one whose limit ends first before the others.
 *
 * @param failures The failures so far, in the order in which providers were asked.
 */
export function chainLeg(
  clients: readonly Client[],
  failures: readonly DualModeError[],
  number: number,
): Leg | undefined {
  const isOnly = clients.length === 1;
  const first = clients[number];
  if (first !== undefined) return { client: first, patient: isOnly };
  if (isOnly) return undefined;
  const limited = clients
    .map((client, at) => ({ client, failure: failures[at] }))
    .filter(({ failure }) => failure !== undefined && isLimit(failure));
  limited.sort((one, other) => waitOf(one.failure) - waitOf(other.failure));
  const again = limited[number - clients.length];
  return again && { client: again.client, patient: true };
}

/** Whether a limit is among a provider's failures. */
export function isLimit({ code, attempts }: DualModeError): boolean {
  return code === "RATE_LIMITED" || attempts.some((attempt) => attempt.code === "RATE_LIMITED");
}

function waitOf(failure: DualModeError | undefined): number {
  return failure?.retryAfter ?? Number.MAX_SAFE_INTEGER;
}

import type { Client } from "../contract/client.ts";
import type { DualModeError } from "../error.ts";

/** One provider of a chain, asked once. */
export interface Leg {
  readonly client: Client;
  /** It may wait for a limit: no other provider is left that could answer at once. */
  readonly patient: boolean;
}

/**
 * The leg of this number, from 0: first each provider that answers without a wait for a limit, then
 * those that were limited, the one whose limit passes first before the others.
 *
 * @param failures How those asked so far have failed, in the order in which they were asked.
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

/** Whether a limit is among what a provider failed with. */
export function isLimit({ code, attempts }: DualModeError): boolean {
  return code === "RATE_LIMITED" || attempts.some((attempt) => attempt.code === "RATE_LIMITED");
}

function waitOf(failure: DualModeError | undefined): number {
  return failure?.retryAfter ?? Number.MAX_SAFE_INTEGER;
}

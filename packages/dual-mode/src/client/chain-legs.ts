import type { Client } from "../contract/client.ts";
import type { DualModeError } from "../error.ts";

/** One provider of a chain, asked once. */
export interface Leg {
  readonly client: Client;
  /** It may wait for a limit: no other provider is left that could answer at once. */
  readonly patient: boolean;
}

/**
 * The providers in the order in which a chain asks them: first each that answers without a wait for a
 * limit, then those that were limited, the one whose limit passes first before the others.
 *
 * @param failures How those asked so far have failed, in the order in which they were asked.
 */
export function* chainLegs(
  clients: readonly Client[],
  failures: readonly DualModeError[],
): Generator<Leg> {
  const isOnly = clients.length === 1;
  for (const client of clients) yield { client, patient: isOnly };
  if (isOnly) return;
  const limited = clients
    .map((client, at) => ({ client, failure: failures[at] }))
    .filter(({ failure }) => failure !== undefined && isLimit(failure));
  limited.sort((one, other) => waitOf(one.failure) - waitOf(other.failure));
  for (const { client } of limited) yield { client, patient: true };
}

/** Whether a limit is among what a provider failed with. */
export function isLimit({ code, attempts }: DualModeError): boolean {
  return code === "RATE_LIMITED" || attempts.some((attempt) => attempt.code === "RATE_LIMITED");
}

function waitOf(failure: DualModeError | undefined): number {
  return failure?.retryAfter ?? Number.MAX_SAFE_INTEGER;
}

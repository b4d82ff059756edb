import autocannon from "autocannon";
import { type Ask, questionOf } from "./ask.ts";
import type { Gateway } from "./gateway.ts";

/** What one run of load saw. */
export interface Loaded {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds, the mean and the 99th percentile; the latter is counted in whole ones, 1 at the least. */
  readonly mean: number;
  readonly p99: number;
}

/** How long each load takes. */
export const seconds = 2;

/** Asks for so many seconds over so many connections. @throws where an answer is no answer */
export async function load(
  { url, headers, model }: Gateway,
  ask: Ask,
  connections: number,
): Promise<Loaded> {
  const result = await autocannon({
    url,
    method: "POST",
    headers: { ...headers },
    connections,
    duration: seconds,
    requests: [{ setupRequest: (request) => ({ ...request, body: bodyOf(ask, model) }) }],
  });
  const { requests, latency, non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts > 0 || requests.total === 0) {
    throw new Error(`${url}: ${requests.total} answers, ${non2xx} refusals, ${errors} errors`);
  }
  return {
    rate: requests.total / result.duration,
    mean: latency.mean,
    p99: Math.max(1, latency.p99),
  };
}

export function bodyOf(ask: Ask, model: string): string {
  return JSON.stringify(questionOf(ask, model));
}

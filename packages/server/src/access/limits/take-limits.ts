import type { Usage } from "@acc/dual-mode";
import type { Refusal, Used } from "../../contract/access.ts";
import type { KeyRecord } from "../keys/key-store.ts";
import type { Counter, LimitKind, Limits } from "./limits.ts";

/** The part of a key's limits that a call has taken. */
export interface TakenLimits {
  /** Replaces the estimate by what the call has used. */
  settle(used: Used): Promise<void>;
}

/** Counts a request, or says when there is room for it. */
export async function takeRequest(
  limits: Limits,
  { id: key, rpm }: KeyRecord,
): Promise<Refusal | undefined> {
  if (rpm === undefined) return undefined;
  const { taken, until } = await limits.take({ kind: "rpm", perMinute: rpm, key }, 1);
  return taken ? undefined : limited("rpm", rpm, until);
}

/** Counts a request, and its estimated tokens, or says when there is room for it. */
export async function takeLimits(
  limits: Limits,
  record: KeyRecord,
  inputTokens: number,
): Promise<TakenLimits | Refusal> {
  const { id: key, tpm } = record;
  const estimate = Math.ceil(inputTokens);
  if (tpm !== undefined && estimate > tpm) return tooLarge(estimate, tpm);
  const refusal = await takeRequest(limits, record);
  if (refusal !== undefined) return refusal;
  if (tpm === undefined) return { settle: async () => {} };
  const counter: Counter = { kind: "tpm", perMinute: tpm, key };
  const { taken, until } = await limits.take(counter, estimate);
  if (!taken) return limited("tpm", tpm, until);
  return {
    async settle(used) {
      const more = tokensOf(used, estimate) - estimate;
      // If the minute is over, its surplus cannot be given back in the next one.
      if (more > 0 || Date.now() < until) await limits.add(counter, more);
    },
  };
}

/**
 * Tokens of input and output, and those written to a vendor's cache; tokens read from it do not
 * count.
 */
function tokensOf({ usage, cached, failed, lost = [] }: Used, estimate: number): number {
  const before = lost.reduce((total, attempt) => total + sum(attempt.usage), 0);
  if (cached || failed) return before;
  return before + (usage ? sum(usage) : estimate);
}

function sum({ inputTokens = 0, outputTokens = 0, cacheWriteTokens = 0 }: Usage): number {
  return inputTokens + outputTokens + cacheWriteTokens;
}

function limited(kind: LimitKind, perMinute: number, until: number): Refusal {
  const what = kind === "rpm" ? "requests" : "tokens";
  return {
    status: 429,
    code: "RATE_LIMITED",
    message: `The key has used its ${perMinute} ${what} of this minute.`,
    retryAfter: Math.max(1, until - Date.now()),
  };
}

function tooLarge(estimate: number, tpm: number): Refusal {
  return {
    status: 413,
    code: "REQUEST_TOO_LARGE",
    message: `The request has about ${estimate} tokens; the key is limited to ${tpm} a minute.`,
  };
}

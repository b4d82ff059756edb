/** Tokens of an answer, as the `usage` of a reply of `@acc/dual-mode` counts them. */
export interface TokenCounts {
  /** Tokens of the prompt, without those that were read from a cache. */
  readonly inputTokens?: number;
  /** With those of the model's thinking. */
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Those of `cacheWriteTokens` that are kept for an hour, which costs more. */
  readonly cacheWriteHourTokens?: number;
}

/** A price, and what it was made of. */
export interface KnownPrice {
  /** US dollars. */
  readonly usd: number;
  /** The vendor in the data, as "anthropic". */
  readonly vendor: string;
  /** The model in the data, as "claude-sonnet-4-5" for "claude-sonnet-4-5-20250929". */
  readonly model: string;
  /** The day of the data, `YYYY-MM-DD`. */
  readonly pricesDate: string;
}

/** Why a price is not known. */
export type UnknownReason =
  | "UNKNOWN_PROVIDER"
  | "UNKNOWN_MODEL"
  | "NO_TOKEN_PRICE"
  | "NO_TOKENS"
  | "WRONG_TOKENS";

/** No price, and why. */
export interface UnknownPrice {
  readonly usd: undefined;
  readonly reason: UnknownReason;
  /** The same in words. */
  readonly message: string;
  /** The day of the data, `YYYY-MM-DD`. */
  readonly pricesDate: string;
}

/** What a call cost, or why that is not known. */
export type Explanation = KnownPrice | UnknownPrice;

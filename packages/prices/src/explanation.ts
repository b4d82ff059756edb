/** Token counts of an answer, as in the `usage` of a reply of `@acc/dual-mode`. */
export interface TokenCounts {
  /** Tokens of the prompt, without those that were read from a cache. */
  readonly inputTokens?: number;
  /** Includes the tokens of the model's thinking. */
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** The part of `cacheWriteTokens` that is cached for an hour, which costs more. */
  readonly cacheWriteHourTokens?: number;
}

/** A price, and what it is based on. */
export interface KnownPrice {
  /** US dollars. */
  readonly usd: number;
  /** The vendor's name in the data, such as "anthropic". */
  readonly vendor: string;
  /** The model's name in the data, such as "claude-sonnet-4-5" for "claude-sonnet-4-5-20250929". */
  readonly model: string;
  /** The date of the data, `YYYY-MM-DD`. */
  readonly pricesDate: string;
}

/** Why a price is unknown. */
export type UnknownReason =
  | "UNKNOWN_PROVIDER"
  | "UNKNOWN_MODEL"
  | "NO_TOKEN_PRICE"
  | "NO_TOKENS"
  | "WRONG_TOKENS";

/** The result if there is no price. */
export interface UnknownPrice {
  readonly usd: undefined;
  readonly reason: UnknownReason;
  /** The reason as a sentence. */
  readonly message: string;
  /** The date of the data, `YYYY-MM-DD`. */
  readonly pricesDate: string;
}

/** What a call cost, or why that is unknown. */
export type Explanation = KnownPrice | UnknownPrice;

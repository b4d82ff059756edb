export { explainPrice, type PriceContext } from "./explain-price.ts";
export type {
  Explanation,
  KnownPrice,
  TokenCounts,
  UnknownPrice,
  UnknownReason,
} from "./explanation.ts";
export { prices } from "./prices.ts";
export { pricesDate, pricesSource } from "./prices-date.ts";

import type { ModelResponse } from "../data/responses.ts";
import type { Kind } from "../harness/report.ts";

/** One of the caches in memory, opened with a life and a bound for its entries. */
export interface MemoryCache {
  readonly name: string;
  readonly kind: Kind;
  /** Where a value is there without a promise. */
  getNow?(key: string): ModelResponse | undefined;
  get(key: string): unknown;
  set(key: string, value: ModelResponse): unknown;
  getOrCompute?(key: string, compute: () => Promise<ModelResponse>): unknown;
}

export const TTL = 24 * 60 * 60 * 1000;
export const MAX_BYTES: number = 1024 ** 3;

/** What a cache that cannot size a value by itself is told. */
export function sizeOf({ text }: ModelResponse): number {
  return text.length + 200;
}

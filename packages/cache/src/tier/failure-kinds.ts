import { CacheError } from "../error.ts";

export function isTimeout(error: unknown): boolean {
  return CacheError.is(error) && error.code === "STORE_TIMEOUT";
}

export function isBusy(error: unknown): boolean {
  return CacheError.is(error) && error.code === "STORE_BUSY";
}

export function isTooLarge(error: unknown): boolean {
  return CacheError.is(error) && error.code === "TOO_LARGE";
}

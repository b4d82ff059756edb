import { invalidOption } from "../cache/invalid-option.ts";

/** @throws CacheError `INVALID_OPTION` */
export function checkedBound(maxBytes: number): number {
  if (typeof maxBytes === "number" && maxBytes > 0) return maxBytes;
  throw invalidOption("maxBytes", maxBytes, "a number of bytes above 0");
}

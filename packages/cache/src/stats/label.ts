import { invalidOption } from "../cache/invalid-option.ts";

const LABEL = /^[\w.-]{1,64}$/;

export function isLabel(value: unknown): value is string {
  return typeof value === "string" && LABEL.test(value);
}

/** @throws CacheError `INVALID_OPTION` */
export function checkLabel(value: unknown): void {
  if (!isLabel(value)) throw invalidOption("label", value, "1 to 64 letters, digits, -, _ and .");
}

import { CacheError } from "../error.ts";

export function invalidOption(name: string, value: unknown, wanted: string): CacheError {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new CacheError("INVALID_OPTION", `The option ${name} is ${shown}; it must be ${wanted}.`);
}

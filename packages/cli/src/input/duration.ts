import { InvalidArgumentError } from "commander";
import { durationOf } from "./amounts.ts";

/** Parses "30", "30s", "2m", "500ms", "1h" or "7d" to ms; a bare number is in seconds. */
export function parseDuration(text: string): number {
  const milliseconds = durationOf(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError("Write it as 30s, 2m or 500ms.");
}

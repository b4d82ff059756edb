import { shortestRedacted } from "./live-values.ts";
import { emitWarning, type SecretsWarning } from "./warning.ts";

/** Warns that a value is too short to be redacted. */
export function warnOfShort(
  name: string,
  value: string,
  onWarning: (warning: SecretsWarning) => void = emitWarning,
): void {
  if (value.length >= shortestRedacted) return;
  const message = `The value of ${name} has fewer than ${shortestRedacted} characters: it is not redacted.`;
  onWarning({ code: "SHORT_VALUE", message, name });
}

import { redact } from "@acc/secrets/redact";
import type { Part, Warning } from "../contract/part.ts";
import { joinParts } from "./fold-parts.ts";

const warning: Warning = {
  code: "SECRET_IN_ANSWER",
  message:
    "The answer contains a secret that this process knows. It is returned as it came, and not cached.",
};

/**
 * Returns a warning if an answer contains a known secret, in any form in which it may be written.
 */
export function secretInAnswer(parts: readonly Part[]): Warning | undefined {
  // The text is checked as a whole, because other parts may stand between its pieces.
  const others = joinParts(parts).filter(({ type }) => type !== "text");
  const said = `${wholeText(parts)}\n${JSON.stringify(others)}`;
  return redact(said) === said ? undefined : warning;
}

function wholeText(parts: readonly Part[]): string {
  let text = "";
  for (const part of parts) if (part.type === "text") text += part.text;
  return text;
}

/** Whether an answer was returned with that warning. */
export function tellsOfSecret(parts: readonly Part[]): boolean {
  return parts.some((part) => part.type === "warning" && part.warning.code === warning.code);
}

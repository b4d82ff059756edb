import { type CanonicalRequest, type StandbyRules, toTextTurns } from "@acc/dual-mode/provider";
import { isText } from "./tools.ts";

/**
 * Whether a process can wait for the request: what was said before, and all that is not text, it must
 * be told at its start, and the next call says something else.
 */
export function canWait(request: CanonicalRequest): boolean {
  return isText(request) && toTextTurns(request.messages).length === 1;
}

/**
 * Half a second without a byte of a prompt ends the CLI; the newline, with which each begins, holds
 * it. At the end of its stdin it would ask with that alone. It tells the model the day of its start.
 */
export function standbyRules(): StandbyRules {
  return { first: "\n", sees: new Date().toDateString(), asksAtEnd: true };
}

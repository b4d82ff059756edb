import { type CanonicalRequest, type StandbyRules, toTextTurns } from "@acc/dual-mode/provider";
import { isText } from "./tools.ts";

/**
 * Whether a process can wait for the request. Earlier turns, and anything but text, must be passed
 * at its start, and differ in the next call.
 */
export function canWait(request: CanonicalRequest): boolean {
  return isText(request) && toTextTurns(request.messages).length === 1;
}

/**
 * Rules for a process that waits. The CLI exits if it receives no byte of a prompt for half a
 * second; the newline with which each prompt begins prevents that. If stdin ended then, it would
 * send the newline as the prompt. It tells the model the day on which it was started.
 */
export function standbyRules(): StandbyRules {
  return { first: "\n", sees: new Date().toDateString(), asksAtEnd: true };
}

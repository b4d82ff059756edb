import { givenText, isMembers, type Members } from "../foreign/guards.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";

/**
 * Whether an event reports an error: in its name, in a member, in a choice's member, or as a
 * message without choices.
 */
export function tellsError(sent: unknown, { event }: ServerSentEvent): boolean {
  if (event === "error") return true;
  if (!isMembers(sent)) return false;
  if (isError(sent.error) || sent.object === "error" || sent.type === "error") return true;
  const { choices } = sent;
  if (choices === undefined || choices === null) return wordsInstead(sent);
  return Array.isArray(choices) && choices.some((each) => isError(each?.error));
}

export function isError(error: unknown): boolean {
  return (
    (typeof error === "object" && error !== null) || (typeof error === "string" && error !== "")
  );
}

/**
 * Some servers answer a refusal with status 200 and a message, each in its own members, in place of
 * the choices.
 */
function wordsInstead(sent: Members): boolean {
  const { message, detail, msg, error_msg, errors, base_resp, header } = sent;
  if ([message, detail, msg, error_msg].some((words) => givenText(words) !== undefined))
    return true;
  if ([detail, errors].some((list) => Array.isArray(list) && list.length > 0)) return true;
  return isFailure(base_resp, "status_code") || isFailure(header, "code");
}

/** Checks a server's own status number, for which 0 means success. */
function isFailure(told: unknown, member: string): boolean {
  const code = isMembers(told) ? told[member] : 0;
  return typeof code === "number" && code !== 0;
}

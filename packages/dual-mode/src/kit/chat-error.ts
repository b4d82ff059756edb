import { givenText, isMembers, type Members } from "../foreign/guards.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";

/** Whether an event tells an error: in its name, in a member, in a choice's, or with words alone. */
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

/** Servers answer a refusal with 200 and with words, each in its own members, where the choices would be. */
function wordsInstead(sent: Members): boolean {
  const { message, detail, msg, error_msg, errors, base_resp, header } = sent;
  if ([message, detail, msg, error_msg].some((words) => givenText(words) !== undefined))
    return true;
  if ([detail, errors].some((list) => Array.isArray(list) && list.length > 0)) return true;
  return isFailure(base_resp, "status_code") || isFailure(header, "code");
}

/** A number of the server's own, of which 0 is for success. */
function isFailure(told: unknown, member: string): boolean {
  const code = isMembers(told) ? told[member] : 0;
  return typeof code === "number" && code !== 0;
}

import type { Refusals } from "../failures/refusal-context.ts";
import { refusalError } from "../failures/refusal-error.ts";
import { isMembers } from "../foreign/guards.ts";
import type { ChatVendor } from "./chat-parts.ts";

/**
 * Returns a vendor for an unknown server that streams chat completions, with the meanings of its
 * refusals.
 */
export function chatServerWith(refusals: Refusals): ChatVendor {
  return {
    who: "The server",
    failure: (told) => refusalError(errorIn(told), { who: "The server said", ...refusals }),
  };
}

/** An unknown server, with the usual meanings of refusals. */
export const chatServer: ChatVendor = chatServerWith({});

function errorIn(told: unknown): unknown {
  if (!isMembers(told)) return told;
  const { error, choices } = told;
  if (error) return told;
  return (Array.isArray(choices) && choices.find((each) => each?.error)?.error) || told;
}

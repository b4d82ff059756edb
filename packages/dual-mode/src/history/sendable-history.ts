import type { CanonicalMessage } from "../contract/canonical.ts";
import type { Message } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { canonicalMessage } from "./canonical-message.ts";
import { type PlacedMessage, pairedHistory } from "./paired-history.ts";

/**
 * The messages as any vendor can be sent them: well-formed text, no blank piece, no turn that says
 * nothing, ids unique over the conversation, and behind each turn with calls their results, one a
 * call and in the order of the calls. `first` is the index of the first of them in the request.
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the message
 */
export function sendableHistory(
  messages: readonly Message[],
  first: number,
): readonly CanonicalMessage[] {
  const placed: PlacedMessage[] = [];
  messages.forEach((written, index) => {
    const at = `request.messages[${first + index}]`;
    const message = canonicalMessage(written, at);
    if (!saysNothing(message)) placed.push({ message, at });
    else if (message.role === "user" && index === messages.length - 1) {
      throw new DualModeError("INVALID_REQUEST", `${at}.content must not be empty.`);
    }
  });
  if (placed.length === 0) {
    throw new DualModeError("INVALID_REQUEST", "request.messages: must hold a user message.");
  }
  // The most frequent one, and nothing to put in place.
  if (placed.every(({ message }) => message.role === "user")) {
    return placed.map(({ message }) => message);
  }
  return pairedHistory(placed);
}

/** Thoughts alone are no turn: a vendor refuses one that ends with them. */
function saysNothing({ role, content }: CanonicalMessage): boolean {
  if (role === "tool") return false;
  return content.every((piece) => piece.type === "reasoning");
}

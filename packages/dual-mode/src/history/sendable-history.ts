import type { CanonicalMessage } from "../contract/canonical.ts";
import type { Message } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { canonicalMessage } from "./canonical-message.ts";
import { PairedHistory } from "./paired-history.ts";

/**
 * The messages as any vendor can be sent them: well-formed text, no blank piece, no turn that says
 * nothing, ids unique over the conversation, and behind each turn with calls their results, one a
 * call and in the order of the calls. `first` is the index of the first of them in the request.
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the message
 */
export function sendableHistory(
  messages: readonly Exclude<Message, { role: "system" }>[],
  first: number,
): readonly CanonicalMessage[] {
  const paired = new PairedHistory();
  let last: CanonicalMessage | undefined;
  messages.forEach((written, index) => {
    const at = `request.messages[${first + index}]`;
    const message = canonicalMessage(written, at);
    if (saysNothing(message)) {
      if (message.role === "user" && index === messages.length - 1) {
        throw new DualModeError("INVALID_REQUEST", `${at}.content must not be empty.`);
      }
      return;
    }
    paired.add(message, at);
    last = message;
  });
  if (last === undefined) {
    throw new DualModeError("INVALID_REQUEST", "request.messages: must hold a user message.");
  }
  return paired.messages();
}

/** Thoughts alone are no turn: a vendor refuses one that ends with them. */
function saysNothing({ role, content }: CanonicalMessage): boolean {
  if (role === "tool") return false;
  return content.every((piece) => piece.type === "reasoning");
}
